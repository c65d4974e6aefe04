import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { fold, formatDate } from '../i18n/format.ts';
import { PageHeader } from '../ui/page/index.ts';
import { StateBar, StateChip, STATES } from '../ui/state/index.ts';
import { DataTable, useListState } from '../ui/table/index.ts';
import type { Column } from '../ui/table/index.ts';
import { Icon } from '../ui/icons.tsx';

interface Row {
  id: string;
  subject: string;
  code: string;
  day: string;
  at: number;
}

const all: Row[] = Array.from({ length: 137 }, (_, at) => ({
  id: `d${at}`,
  subject: `V/v bảo đảm an toàn thông tin mạng, văn bản mẫu số ${at + 1}`,
  code: `${at + 1}/STTTT-MAU`,
  day: `2024-04-${String((at % 28) + 1).padStart(2, '0')}`,
  at,
}));

const columns: Column<Row>[] = [
  { id: 'subject', header: 'Trích yếu', cell: (row) => row.subject, sortable: true },
  { id: 'code', header: 'Số, ký hiệu', cell: (row) => row.code },
  { id: 'day', header: 'Ngày', cell: (row) => formatDate(row.day), sortable: true, number: true },
  { id: 'state', header: 'Trạng thái', cell: (row) => <StateChip state={STATES[row.at % 5] ?? 'no-data'} /> },
  {
    id: 'progress',
    header: 'Thực hiện',
    hint: 'Số đơn vị đạt trên số đơn vị được giao',
    cell: (row) => <StateBar counts={{ met: 20 + (row.at % 9), 'at-risk': 3, missed: row.at % 4, 'no-data': 2 }} />,
  },
];

export function TablePage(): ReactElement {
  const list = useListState({ sort: 'day', size: 25, filters: ['state'] });
  const [opened, setOpened] = useState('');
  const { page, size, q, sort } = list.state;
  const found = all
    .filter((row) => fold(row.subject).includes(fold(q)) && (list.state.filters['state'] ?? '') in { '': 1, [STATES[row.at % 5] ?? '']: 1 })
    .toSorted((a, b) => (sort.startsWith('-') ? -1 : 1) * (sort.endsWith('day') ? a.day.localeCompare(b.day) : a.at - b.at));
  return (
    <>
      <PageHeader title="Danh sách mẫu" trail={<a href="/gallery">gallery</a>} lead={opened} />
      <DataTable
        caption="Văn bản mẫu"
        columns={columns}
        rowId={(row) => row.id}
        answer={{
          data: { items: found.slice((page - 1) * size, page * size), total: found.length },
          isPending: false,
          error: null,
          refetch: () => undefined,
        }}
        list={list}
        filters={[{ name: 'state', label: 'Trạng thái', options: STATES.slice(0, 5).map((value) => ({ value, label: value })) }]}
        onOpen={(row) => setOpened(row.subject)}
        renderBulk={(ids, done) => <Button onClick={done}>Đôn đốc {ids.length} văn bản</Button>}
        exports={
          <Button variant="default" leftSection={<Icon name="download" size={16} />}>
            Xuất .xlsx
          </Button>
        }
        empty={{ title: 'Chưa có văn bản nào', why: 'Văn bản xuất hiện sau khi được đọc và ban hành.' }}
      />
    </>
  );
}

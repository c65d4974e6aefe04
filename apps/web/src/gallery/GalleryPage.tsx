import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { ApiError } from '../api/error.ts';
import { ConfirmDialog } from '../ui/form/index.ts';
import { EmptyState, ErrorState, FactsList, ForbiddenState, LoadingLines, PageHeader, Panel, TimeLine } from '../ui/page/index.ts';
import { StateBar, StateCell, StateChip, StateLegend, STATES } from '../ui/state/index.ts';
import { showToast } from '../ui/toast/index.ts';
import { stateCounts } from './samples.ts';

const others = ['matrix', 'table', 'document', 'forms'];

export function GalleryPage(): ReactElement {
  const [asked, setAsked] = useState(false);
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      <PageHeader
        title="Bộ thành phần giao diện"
        trail={others.map((name) => (
          <Link key={name} to={`/gallery/${name}`}>
            {name}
          </Link>
        ))}
        lead="Chỉ dùng khi phát triển."
        actions={
          <>
            <Button variant="default" onClick={() => showToast({ message: 'Đã nhắc 12 đơn vị.', undo: () => undefined })}>
              Thông báo
            </Button>
            <Button onClick={() => setAsked(true)}>Thu hồi…</Button>
          </>
        }
      />
      <Panel label="Trạng thái">
        <StateLegend />
        <p style={{ display: 'flex', flexWrap: 'wrap', gap: 8, margin: '12px 0' }}>
          {STATES.map((state) => (
            <StateChip key={state} state={state} />
          ))}
        </p>
        <p style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 12 }}>
          {STATES.map((state) => (
            <StateCell key={state} state={state} value={{ kind: 'share', count: 47, of: 50, noun: 'máy đã cập nhật' }} />
          ))}
          <StateCell state="missed" value={{ kind: 'count', count: 1234, noun: 'địa chỉ chưa xử lý' }} />
        </p>
        <div style={{ width: 140 }}>
          <StateBar counts={stateCounts} />
        </div>
      </Panel>
      <Panel label="Chi tiết">
        <FactsList
          facts={[
            { label: 'Số, ký hiệu', value: '99/UBND-MAU' },
            { label: 'Ngày', value: '19/4/2024' },
            { label: 'Địa chỉ', value: <code>203.0.113.27</code> },
          ]}
        />
      </Panel>
      <Panel label="Diễn biến">
        <TimeLine
          entries={[
            { id: '1', at: '2024-04-22T01:10:00Z', what: 'Đến (01)', organisation: 'UBND huyện mẫu' },
            { id: '2', at: '2024-04-22T01:41:00Z', what: 'Tiếp nhận (03)', who: 'Văn thư', organisation: 'UBND huyện mẫu' },
            { id: '3', at: '2024-04-25T09:20:00Z', what: 'Gửi minh chứng', detail: '2 tệp, chưa quét', who: 'Nguyễn Văn A' },
          ]}
        />
      </Panel>
      <Panel label="Trạng thái trang">
        <EmptyState
          title="Chưa có văn bản nào"
          why="Văn bản xuất hiện sau khi được đọc và ban hành."
          action={<Button>Nhận văn bản</Button>}
        />
        <ErrorState error={new ApiError({ status: 0, code: 'network', message: '' })} onRetry={() => undefined} />
        <ForbiddenState reason="Chỉ đơn vị theo dõi, tổng hợp được xem số liệu của đơn vị khác." />
        <LoadingLines />
      </Panel>
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        title="Thu hồi văn bản"
        confirm="Thu hồi văn bản"
        onConfirm={() => setAsked(false)}
        reason="required"
        grave
      >
        42 đơn vị đã nhận văn bản này. Việc thu hồi cần người thứ hai xác nhận.
      </ConfirmDialog>
    </div>
  );
}

import { useState } from 'react';
import type { ReactElement } from 'react';
import { Matrix } from '../ui/matrix/index.ts';
import type { MatrixPlace } from '../ui/matrix/index.ts';
import { PageHeader, Panel, PrintArea } from '../ui/page/index.ts';
import { StateLegend } from '../ui/state/index.ts';
import { matrixColumns, matrixRows } from './samples.ts';

export function MatrixPage(): ReactElement {
  const [place, setPlace] = useState<MatrixPlace | null>(null);
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <PageHeader title="300 đơn vị × 12 cột" trail={<a href="/gallery">gallery</a>} />
      <StateLegend />
      <PrintArea title="Tình hình thực hiện theo đơn vị" source="gọi kiểm tra trực, sổ đầu mối" at="2024-04-26T07:32:00Z">
        <Matrix
          label="Tình hình thực hiện theo đơn vị và nội dung yêu cầu"
          nameHead="Đơn vị"
          columns={matrixColumns}
          rows={matrixRows}
          selected={place}
          onSelect={setPlace}
          onColumn={() => undefined}
        />
      </PrintArea>
      <Panel label="Chi tiết ô">
        <div role="status">
          {place === null ? 'Chọn một ô để xem số liệu được tính từ đâu.' : `${place.row} · ${place.column ?? 'cả dòng'}`}
        </div>
      </Panel>
    </div>
  );
}

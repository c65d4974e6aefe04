import { useState } from 'react';
import type { ReactElement } from 'react';
import { DocumentPaper } from '../ui/document/index.ts';
import { PageHeader, Panel } from '../ui/page/index.ts';
import { StateBar } from '../ui/state/index.ts';
import { useImportSteps, Wizard } from '../ui/wizard/index.ts';
import { sampleMarks, sampleText, stateCounts } from './samples.ts';

const margin = {
  '1.a': <StateBar counts={stateCounts} />,
  '1.b': <StateBar counts={{ met: 10, missed: 30 }} />,
  '1.c': <StateBar counts={{}} />,
};

export function DocumentPage(): ReactElement {
  const [selected, setSelected] = useState<string | null>('1.b');
  const steps = useImportSteps();
  return (
    <>
      <PageHeader title="Đọc và kiểm tra văn bản" trail={<a href="/gallery">gallery</a>} />
      <Wizard
        steps={steps}
        current="map"
        onStep={() => undefined}
        back={() => undefined}
        next={{ label: 'Tiếp: đơn vị nhận', onClick: () => undefined }}
        note="Lưu nháp lúc 16:34 · chưa đơn vị nào thấy"
      >
        <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))' }}>
          <DocumentPaper
            label="Văn bản mẫu"
            text={sampleText}
            marks={sampleMarks}
            selected={selected}
            onSelect={setSelected}
            margin={margin}
            height="64dvh"
          />
          <Panel label="Nội dung nhận biết">
            <ul style={{ margin: 0, paddingLeft: 18 }}>
              {sampleMarks.map(({ id, kind }) => (
                <li key={id}>
                  <button type="button" onClick={() => setSelected(id)} aria-pressed={selected === id}>
                    {id} · {kind}
                  </button>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </Wizard>
    </>
  );
}

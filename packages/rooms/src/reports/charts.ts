import type { DraftPicture } from '@vonggac/congvan/write';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Counted } from './model.ts';

use([BarChart, GridComponent, LegendComponent, SVGRenderer]);

/** Drawn at about the width of the text, so that its letters are as large as those of a table. @unit pixels */
const WIDTH = 620;
const ROW = 26;
const FRAME = 96;

/** Told apart by lightness too: reports are printed in black and white. */
const SERIES = [
  { id: 'met', name: 'Đạt theo số đo', colour: '#1b5e42', ink: '#fff' },
  { id: 'at-risk', name: 'Có nguy cơ', colour: '#e0a526', ink: '#000' },
  { id: 'missed', name: 'Chưa đạt', colour: '#a32020', ink: '#fff' },
  { id: 'no-data', name: 'Chưa có số liệu', colour: '#c9ced3', ink: '#000' },
] as const;
const REPORTED = { id: 'answered', name: 'Đơn vị đã báo cáo (không có số đo)', colour: '#5b7fa6', ink: '#fff' } as const;

/** Bars by item: what measures say, and what agencies say where nothing is measured. null where there is nothing to draw. */
export function itemChart(figures: readonly Omit<Counted, 'rows'>[], paths: readonly string[]): DraftPicture | null {
  const valueOf = (path: string, id: string) => figures.find((figure) => figure.id === `item:${path}:${id}`)?.value ?? null;
  if (paths.length === 0) return null;
  const isMeasured = (path: string) => valueOf(path, 'met') !== null;
  const series = [...SERIES, REPORTED].map(({ id, name, colour, ink }) => ({
    type: 'bar' as const,
    stack: 'all',
    name,
    itemStyle: { color: colour },
    barMaxWidth: 20,
    label: { show: true, color: ink, fontSize: 13, formatter: ({ value }: { value: unknown }) => (Number(value) > 0 ? String(value) : '') },
    data: paths.map((path) => (id === 'answered' && isMeasured(path) ? null : valueOf(path, id))),
  }));
  const height = FRAME + paths.length * ROW;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'Tinos', fontSize: 14, color: '#000' },
      legend: { bottom: 0, itemWidth: 18, textStyle: { fontSize: 14, color: '#000' } },
      grid: { left: 62, right: 16, top: 4, bottom: 78 },
      xAxis: { type: 'value', minInterval: 1, axisLabel: { color: '#000', fontSize: 13 } },
      yAxis: { type: 'category', inverse: true, data: paths.map((path) => `Mục ${path}`), axisLabel: { color: '#000', fontSize: 14 } },
      series: series.filter(({ data }) => data.some((value) => (value ?? 0) > 0)),
    });
    return {
      kind: 'picture',
      svg: chart.renderToSVGString(),
      ratio: height / WIDTH,
      caption: 'Số đơn vị theo kết quả thực hiện từng nội dung yêu cầu',
    };
  } finally {
    chart.dispose();
  }
}

import type { DraftPicture } from '@vonggac/congvan/write';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Counted } from './model.ts';

use([BarChart, GridComponent, LegendComponent, SVGRenderer]);

const WIDTH = 900;
const ROW = 26;
const FRAME = 90;

/** Told apart by lightness too: reports are printed in black and white. */
const SERIES = [
  { id: 'met', name: 'Đạt theo số đo', colour: '#1b5e42' },
  { id: 'at-risk', name: 'Có nguy cơ', colour: '#e0a526' },
  { id: 'missed', name: 'Chưa đạt', colour: '#a32020' },
  { id: 'no-data', name: 'Chưa có số liệu', colour: '#c9ced3' },
] as const;
const REPORTED = { id: 'answered', name: 'Đơn vị đã báo cáo (không có số đo)', colour: '#5b7fa6' } as const;

/** Bars by item: what measures say, and what agencies say where nothing is measured. null where there is nothing to draw. */
export function itemChart(figures: readonly Omit<Counted, 'rows'>[], paths: readonly string[]): DraftPicture | null {
  const valueOf = (path: string, id: string) => figures.find((figure) => figure.id === `item:${path}:${id}`)?.value ?? null;
  if (paths.length === 0) return null;
  const isMeasured = (path: string) => valueOf(path, 'met') !== null;
  const series = [...SERIES, REPORTED].map(({ id, name, colour }) => ({
    type: 'bar' as const,
    stack: 'all',
    name,
    itemStyle: { color: colour },
    data: paths.map((path) => (id === 'answered' && isMeasured(path) ? null : valueOf(path, id))),
  }));
  const height = FRAME + paths.length * ROW;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'Tinos', fontSize: 15, color: '#000' },
      legend: { bottom: 0, itemWidth: 18, textStyle: { fontSize: 14, color: '#000' } },
      grid: { left: 70, right: 30, top: 8, bottom: 64 },
      xAxis: { type: 'value', minInterval: 1, axisLabel: { color: '#000' } },
      yAxis: { type: 'category', inverse: true, data: paths.map((path) => `Mục ${path}`), axisLabel: { color: '#000' } },
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

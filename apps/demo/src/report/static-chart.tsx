import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartOption } from '../view/charts.js';

/** A chart as inline SVG, drawn without a DOM. */
export function StaticChart({ title, option }: { title: string; option: ChartOption }) {
  use([LineChart, GridComponent, LegendComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 460, height: 290 });
  try {
    const { tooltip: _needsPointer, ...drawn } = option;
    chart.setOption(drawn);
    const svg = chart.renderToSVGString();
    return <div class="chart" role="img" aria-label={title} dangerouslySetInnerHTML={{ __html: svg }} />;
  } finally {
    chart.dispose();
  }
}

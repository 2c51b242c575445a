import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'preact/hooks';
import type { ChartOption } from '../view/charts.js';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** A chart that follows its option and its width, with a tooltip. */
export function Chart({ title, option }: { title: string; option: ChartOption }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>();
  useEffect(() => {
    const element = place.current as HTMLDivElement;
    const drawn = init(element, null, { renderer: 'svg' });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => chart.current?.setOption(option), [option]);
  return <div class="live-chart" role="img" aria-label={title} ref={place} />;
}

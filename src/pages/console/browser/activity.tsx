import { formatTime } from '../../format-time.js';
import type { ActivityPoint } from '../data.js';
import { useConsole, useLoadedData } from './context.js';
import { Card } from './elements.js';

/** The sign-ins and waiting messages of the last 24 hours. */
export function Activity() {
  const { api } = useConsole();
  const { data: points } = useLoadedData(api.loadActivity);
  if (!points) return null;
  const [first] = points;
  return (
    <Card title="Activity in the last 24 hours">
      <p class="soft">
        <span class="key good">sign-ins: {sum(points, 'signIns')}</span>
        <span class="key bad-bar">failed sign-ins: {sum(points, 'failures')}</span>
        <span class="key">messages waiting (line)</span>
      </p>
      <Chart points={points} />
      <div class="row soft">
        <span>{first && formatTime(first.at)}</span>
        <span>now</span>
      </div>
      <p class="soft">Each bar shows 15 minutes. The counts are from all server processes.</p>
    </Card>
  );
}

const width = 960;
const height = 200;
const axis = height - 20;
const chartHeight = height - 30;

function Chart({ points }: { readonly points: readonly ActivityPoint[] }) {
  const maxWaiting = Math.max(0, ...points.map(({ waiting }) => waiting));
  const maxAttempts = Math.max(1, ...points.map(({ signIns, failures }) => signIns + failures));
  const barWidth = width / points.length;
  const barHeight = (count: number) => (count / maxAttempts) * chartHeight;
  const lineY = (waiting: number) => axis - (waiting / Math.max(1, maxWaiting)) * chartHeight;
  const label =
    `Sign-ins: ${sum(points, 'signIns')}. Failed sign-ins: ${sum(points, 'failures')}. ` +
    `Messages waiting: at most ${maxWaiting}.`;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {points.map(({ at, signIns, failures }, index) => {
        const bar = { x: index * barWidth + 1, width: barWidth - 2 };
        return (
          <g key={at}>
            <rect class="good" {...bar} y={axis - barHeight(signIns)} height={barHeight(signIns)} />
            <rect
              class="bad-bar"
              {...bar}
              y={axis - barHeight(signIns + failures)}
              height={barHeight(failures)}
            />
          </g>
        );
      })}
      <polyline
        class="line"
        points={points.map(({ waiting }, index) => `${(index + 0.5) * barWidth},${lineY(waiting)}`).join(' ')}
      />
      <line class="axis" x1={0} x2={width} y1={axis} y2={axis} />
    </svg>
  );
}

const sum = (points: readonly ActivityPoint[], name: 'signIns' | 'failures'): number =>
  points.reduce((total, point) => total + point[name], 0);

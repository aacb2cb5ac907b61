import { render } from 'preact';
import { Console } from './browser/console.js';
import type { ConsoleData } from './data.js';

const app = document.getElementById('app');
const data = JSON.parse(document.getElementById('data')?.textContent ?? 'null') as ConsoleData | null;
if (app && data) render(<Console {...data} />, app);

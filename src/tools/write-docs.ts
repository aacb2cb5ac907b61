// npm run docs: writes the tables of docs/ from the code.
import { writeFileSync } from 'node:fs';
import { texts, written } from './docs-tables.js';

for (const text of texts) writeFileSync(text.file, written(text));

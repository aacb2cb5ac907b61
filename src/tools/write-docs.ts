// npm run docs: writes the README's tables from the code.
import { writeFileSync } from 'node:fs';
import { readmeFile, writtenReadme } from './docs-tables.js';

writeFileSync(readmeFile, writtenReadme());

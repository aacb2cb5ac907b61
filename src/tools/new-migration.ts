// npm run db:migrate -- <name>: writes the next migration from what changed in schema.prisma.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftMigration } from './schema-engine.js';

const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('Usage: npm run db:migrate -- <lower_case_name>');
const sql = await draftMigration();
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const directory = join(import.meta.dirname, '../../prisma/migrations', `${stamp}_${name}`);
if (sql) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'migration.sql'), sql);
}
process.stdout.write(sql ? `wrote ${directory}/migration.sql\n` : 'schema.prisma has not changed\n');
process.exit(0);

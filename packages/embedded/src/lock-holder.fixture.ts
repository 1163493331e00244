import { lockDataFolder } from './lock-data-folder.ts';

/** A process of its own that takes a data folder, says what came of it and stays until it is killed. */
const lock = lockDataFolder(process.argv[2] ?? '');
if (lock.ok) lock.setAddress('http://localhost:8080');
process.stdout.write(`${JSON.stringify({ ok: lock.ok })}\n`);
if (lock.ok) setInterval(() => undefined, 1_000);

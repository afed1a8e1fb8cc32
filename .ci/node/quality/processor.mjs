// The processor time of a program and all that it started, as Linux counts it in /proc.
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100; // USER_HZ, which is 100 for programs on every machine

/** Returns the fields of /proc/PID/stat from the third on, or undefined if the process has ended. */
function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Returns the processes whose parents lead to a process, and itself. */
export function treeOf(root) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? stat(name) : undefined;
    if (fields) parents.set(Number(name), Number(fields[1]));
  }
  const within = (pid) => pid === root || (parents.has(pid) && parents.get(pid) > 1 && within(parents.get(pid)));
  return [...parents.keys()].filter(within);
}

/** Returns the milliseconds of processor time that processes took so far. */
export function processorTime(pids) {
  const ticks = pids.map((pid) => stat(pid)).filter((fields) => fields !== undefined)
    .reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0);
  return (ticks / ticksPerSecond) * 1000;
}

/**
 * Milliseconds of processor time that this process has spent. What a limit on time is measured by where only computing
 * counts: a machine that is busy with other work then fails no test.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

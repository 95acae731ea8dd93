/** How collectors and loggers write a text of several lines: before each line, around each line, or as one record. */
export const traceWrappers: Readonly<Record<string, (text: string) => string>> = {
  'docker json-file': eachLine((line, at) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: stamp(at) })),
  'a container runtime': eachLine((line, at) => `${stamp(at, 9)} stderr F ${line}`),
  'docker compose': eachLine((line) => `checkout-1  | ${line}`),
  'docker logs --timestamps': eachLine((line, at) => `${stamp(at, 9)} ${line}`),
  'kubectl --prefix': eachLine((line) => `[pod/checkout-7d9c5b6f4-x2x9k/checkout] ${line}`),
  'kubectl --prefix --timestamps': eachLine((line, at) => `[pod/checkout-7d9c5b6f4-x2x9k/app] ${stamp(at, 9)} ${line}`),
  stern: eachLine((line) => `checkout-7d9c5b6f4-x2x9k checkout ${line}`),
  'syslog of RFC 3164': eachLine((line, at) => `Feb  3 09:14:${seconds(at)} web-1 checkout[4711]: ${line}`),
  'syslog of RFC 5424': eachLine((line, at) => `<11>1 ${stamp(at)} web-1 checkout 4711 - - ${line}`),
  'journalctl -o short-iso': eachLine(
    (line, at) => `2026-02-03T09:14:${seconds(at)}+0100 web-1 checkout[4711]: ${line}`,
  ),
  Heroku: eachLine((line, at) => `2026-02-03T09:14:${seconds(at)}.123456+00:00 app[web.1]: ${line}`),
  'GitHub Actions': eachLine((line, at) => `${stamp(at, 7)} ${line}`),
  'gh run view --log': eachLine((line, at) => `build\tRun tests\t${stamp(at, 7)} ${line}`),
  CloudWatch: eachLine((line, at) => `${stamp(at)}\t${line}`),
  pm2: eachLine((line) => `0|checkout | ${line}`),
  foreman: eachLine((line, at) => `09:14:${seconds(at)} web.1  | ${line}`),
  'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'red throughout': eachLine((line) => `\u001b[31m${line}\u001b[0m`),
  'a JSON record': (text) => JSON.stringify({ level: 'error', time: stamp(0), message: text.trimEnd() }),
  'a JSON record with a stack': (text) =>
    JSON.stringify({ severity: 'ERROR', msg: 'request failed', stack: text.trimEnd() }),
  'a JSON record in a JSON record': (text) =>
    JSON.stringify({
      log: `${JSON.stringify({ level: 'error', msg: 'failed', err: { stack: text.trimEnd() } })}\n`,
      stream: 'stdout',
    }),
  logfmt: (text) => `time=${stamp(0)} level=error msg="request failed" stack=${JSON.stringify(text.trimEnd())}`,
  'Cloud Logging, line by line': eachLine((line, at) =>
    JSON.stringify({ textPayload: line, severity: 'DEFAULT', timestamp: stamp(at) }),
  ),
  'quoted in a message': eachLine((line) => `> ${line}`),
  'indented in a ticket': eachLine((line) => `    ${line}`),
};

function eachLine(wrap: (line: string, at: number) => string): (text: string) => string {
  return (text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line, at) => wrap(line.replace(/\r$/, ''), at))
      .join('\n');
}

function seconds(at: number): string {
  return String(Math.floor(at / 100) % 60).padStart(2, '0');
}

function stamp(at: number, digits = 3): string {
  return `2026-02-03T09:14:${seconds(at)}.${String(at).padStart(digits, '0').slice(0, digits)}Z`;
}

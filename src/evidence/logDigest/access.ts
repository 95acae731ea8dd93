/** A request as a web server or load balancer logs it. */
export interface AccessRecord {
  /** When, as it is written. */
  readonly stamp: string;
  readonly method: string;
  readonly path: string;
  /** The HTTP status that was answered. */
  readonly status: string;
}

/** The groups are named as the record's fields. Each pattern is tried at the head of a line. */
const patterns: readonly RegExp[] = [
  // nginx, Apache, Traefik, gunicorn: the common and the combined format.
  /^\S{1,255} \S{1,100} .{1,200}? ?\[(?<stamp>[^\]]{10,40})\] "(?<method>[A-Z]{3,10}) (?<path>\S{1,2000})[^"]{0,20}" (?<status>\d{3}) /,
  // Envoy and Istio; Django's own server.
  /^\[(?<stamp>[^\]]{10,40})\] "(?<method>[A-Z]{3,10}) (?<path>\S{1,2000})[^"]{0,20}" (?<status>\d{3}) /,
  // HAProxy
  /^\S{1,100} \[(?<stamp>\d\d\/\w{3}\/\d{4}:[\d:.]{8,20})\] \S{1,200} \S{1,200} [\d/+-]{5,80} (?<status>\d{3}) \+?\d{1,15} .{1,300}?"(?<method>[A-Z]{3,10}) (?<path>\S{1,2000})/,
  // AWS load balancers
  /^(?:https?|h2|wss?|grpcs?) (?<stamp>\d{4}-\d\d-\d\dT[\d:.]{8,20}Z) (?:\S{1,300} ){6}(?<status>\d{3}) \S{1,10} \d{1,15} \d{1,15} "(?<method>[A-Z]{3,10}) (?<path>\S{1,2000})/,
  // IIS, with the fields that it logs by default
  /^(?<stamp>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \S{1,100} (?<method>[A-Z]{3,10}) (?<path>\/\S{0,2000}) \S{1,2000} \d{1,5} \S{1,200} \S{1,100} \S{1,1000} (?:\S{1,1000} )?(?<status>\d{3}) \d{1,5} \d{1,10} \d{1,10}/,
  // CloudFront
  /^(?<stamp>\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d)\t\S{1,30}\t\d{1,15}\t\S{1,60}\t(?<method>[A-Z]{3,10})\t\S{1,255}\t(?<path>\S{1,2000})\t(?<status>\d{3})\t/,
];

/** How IIS and CloudFront begin, which quote nothing. */
const unquotedHead = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d \S{1,100} [A-Z]{3,10} \/|\t\d\d:\d\d:\d\d\t)/;

/** The request that a line logs; undefined for other lines. */
export function readAccessRecord(text: string): AccessRecord | undefined {
  // Nearly all lines of other logs: no quote, and no digit at the beginning or no method behind the time.
  if (!text.includes('"') && !unquotedHead.test(text)) return undefined;
  for (const pattern of patterns) {
    const { stamp = '', method = '', path = '', status = '' } = pattern.exec(text)?.groups ?? {};
    if (status !== '') return { stamp: stamp.replace('\t', ' '), method, path, status };
  }
  return undefined;
}

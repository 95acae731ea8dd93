/**
 * What is known of a declared value without keeping it: `empty` (nothing), `blank` (white space only), `notAUrl` and
 * `notANumber` (where the name says that it is one). `unknown`: it is taken from elsewhere, or the place names it only.
 */
export type ValueShape = 'set' | 'empty' | 'blank' | 'notAUrl' | 'notANumber' | 'unknown';

const urlName = /(?:^|_)(?:URL|URI|DSN)$/i;
const numberName =
  /(?:^|_)(?:PORT|TIMEOUT|TIMEOUT_MS|MS|SECONDS|MINUTES|TTL|RETRIES|COUNT|LIMIT|SIZE|MAX|MIN|CONCURRENCY|WORKERS|THREADS|POOL_SIZE)$/i;
/** A number, also with a unit: `30`, `1_000`, `30s`, `512MB`, `1.5`. */
const number = /^[+-]?\d[\d_]*(?:\.\d+)?(?:e\d+)?\s?(?:ns|us|µs|ms|s|sec|m|min|h|d|[kmgt]i?b?|%)?$/i;
/** `scheme:…`, as in `postgres://…`, `mailto:…`, `sqlite:memory`. */
const url = /^[a-z][a-z0-9+.-]*:\S+$/i;
/** `${OTHER}`, `$(NAME)`, `{{ template }}`, `<from the vault>`: put in by something else. */
const reference = /\$\{?\(?[A-Za-z_]|\{\{|%\w+%|^<[^>]*>$|^!\w+|^\*\w/;

/** Looks at a value as it is written, quotes and trailing comment included. The value itself does not leave. */
export function shapeOfValue(name: string, written: string): ValueShape {
  const value = unquoted(written);
  if (value === '') return 'empty';
  if (value.trim() === '') return 'blank';
  const text = value.trim();
  if (reference.test(text)) return 'unknown';
  // A path, or an address without a scheme behind a slash, is used as a URL too; a bare word is none.
  if (urlName.test(name) && !url.test(text) && !text.startsWith('/')) return 'notAUrl';
  if (numberName.test(name) && !number.test(text) && !/^(?:true|false|unlimited|none|off|tcp:\/\/.*)$/i.test(text))
    return 'notANumber';
  return 'set';
}

function unquoted(written: string): string {
  const text = written.trim();
  const quoted = /^(["'`])([^]*?)\1\s*(?:[#,].*)?$/.exec(text);
  return quoted === null ? text.replace(/(?:^|\s+)#.*$/, '') : (quoted[2] ?? '');
}

/** Which places a protocol may name. */
export type PlaceKind = 'logs' | 'staging' | 'rollback';

/** What stands between a label and its value. */
const separator = /\s*(?:[:=]|→|⇒|[-=]+>)\s*|\s[–—-]\s+/.source;

/** What a value looks like that needs no label beside it: a path, an address, code. */
const evident = /(?=[`/~.$%\\]|[A-Za-z]:\\|[a-z][a-z\d+.-]+:\/\/)/.source;

/** Programs that print logs, as they are called. */
const logProgram =
  /(?:kubectl|oc|stern|docker|podman|docker-compose|journalctl|heroku|fly(?:ctl)?|aws|gcloud|az|vercel|netlify|wrangler|railway|render|pm2|nomad|cf|eb|doctl|ssh|tail|less|zcat|cat)\s+\S/
    .source;

/**
 * What an item begins with; the value follows a colon, an equals sign, an arrow or a dash. Without any, it must look
 * like what it is (a path, code, one host), as `Roll back with care` is a rule.
 */
const labels: readonly { readonly kind: PlaceKind; readonly pattern: RegExp }[] = [
  {
    kind: 'logs',
    pattern: new RegExp(
      `^(?:(?:the|our|all) )?(?:(?:production|prod|application|app|error|server|service|access) )*logs?` +
        `(?: (?:files?|locations?|paths?|director(?:y|ies)|folders?))?` +
        `(?:(?: (?:are|is|live|can be found))?(?: (?:located |stored |kept )?(?:at|in|under))(?:\\s*[:=]|\\s${evident})` +
        `|(?: are| is)?(?:${separator}))\\s*(.*)$`,
      'i',
    ),
  },
  {
    // `nginx logs: /var/log/nginx`, `Logs are in CloudWatch: /aws/lambda/x`, `stdout via kubectl logs`: whatever is said
    // of logs before something that can only be where they are.
    kind: 'logs',
    pattern: new RegExp(
      `^(?!(?:never|don['’]t|do not|avoid|always|check|look|read|keep|delete|rotate|commit|redact)\\b)[^:=→\`]{0,60}?\\blogs?\\b[^:=→\`]{0,60}?` +
        `(?:${separator}|\\s(?:at|in|under|via|with|by)\\s)` +
        `((?=\`?(?:[~.]?/|\\$\\w+/|[A-Za-z]:\\\\|[a-z][a-z\\d+.-]+://|[\\w/-]+\\.log\\b|${logProgram})).*)$`,
      'i',
    ),
  },
  {
    kind: 'staging',
    pattern: new RegExp(
      `^(?:(?:the|our) )?(?:staging|stage|pre-?prod(?:uction)?)(?: (?:environment|env|server|url|host|system|cluster|site|address))?` +
        `(?:(?: is)?(?: (?:available |reachable |running )?at)?(?:${separator})` +
        `| is(?: (?:available |reachable |running )?(?:at|on))?\\s(?=\\S+$))\\s*(.*)$`,
      'i',
    ),
  },
  {
    kind: 'rollback',
    pattern: new RegExp(
      `^(?:(?:the|our) )?(?:how to |to )?(?:(?:production|prod|deploy(?:ment)?|release) )?` +
        `(?:roll(?:ing)?[ -]?back(?: (?:command|cmd|script|with|by|via|using|procedure|run|(?:a|the) (?:deploy(?:ment)?|release)))*` +
        `|(?:revert|undo) (?:command|cmd|script))` +
        `(?:(?: is)?(?:${separator})|,?(?: (?:is|with|using|via|run|use))*\\s(?=[\`/~.]))\\s*(.*)$`,
      'i',
    ),
  },
];

/** Words that a sentence begins with and no command: `see RUNBOOK.md`. */
const isSentence =
  /^(?:see|follow|read|ask|call|page|contact|consult|refer|describe[ds]?|documented|only|always|never)\b/i;

/** The place that an item names, with what it says of it; empty where the items under it do. Undefined for a rule. */
export function placeOf(item: string): { readonly kind: PlaceKind; readonly value: string } | undefined {
  for (const { kind, pattern } of labels) {
    const value = pattern.exec(item)?.[1]?.trim();
    if (value === undefined) continue;
    // What would be typed into a terminal must be a command.
    return kind === 'rollback' && isSentence.test(value) ? undefined : { kind, value };
  }
  return undefined;
}

/** Several places: what stands in code ticks, or what commas, semicolons and `and` divide. */
export function splitLocations(value: string): string[] {
  const ticked = [...value.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.trim());
  const parts = ticked.length > 0 ? ticked : value.split(/\s*[,;]\s+|\s+(?:and|or)\s+/);
  return parts.map(withoutFullStop).filter((part) => part !== '');
}

/** What stands in code ticks, if the value begins with them or with `run`; else all of it. */
export function withoutTicks(value: string): string {
  const whole = /^`([^`]+)`\.?$/.exec(value) ?? /^(?:run |use )?`([^`]+)`/i.exec(value);
  return whole?.[1]?.trim() ?? withoutFullStop(value);
}

function withoutFullStop(value: string): string {
  return value.trim().replace(/(?<=[\w/\])])\.$/, '');
}

/** Most names taken from one paste; a machine has a few hundred at most. */
export const maxPastedNames = 2000;

const name = '[A-Za-z_][A-Za-z0-9_]{0,127}';
/** `NAME=value`, `export NAME=value`, `declare -x NAME="value"`, `set NAME=value`, `"NAME=value",` of `docker inspect`. */
const assignment = new RegExp(`^[\\s>"'\\[,-]*(?:export |declare -[a-z]+ |set |setx )?(${name})=`);
/** `NAME: value` of Heroku, of YAML and JSON. */
const pair = new RegExp(`^[\\s>{,-]*["']?(${name})["']?:(?:\\s|$)`);
/** A name on a line of its own: all in capitals or all in small letters, as no line of a key or a token is. */
const alone = /^[\s>"'[,-]*((?:[A-Z_][A-Z0-9_]{1,79}|[a-z_][a-z0-9_]{1,79}))["'\],]*$/;

/**
 * The names of environment variables in what was pasted, each once, in their order: what `env`, `docker`, `kubectl`,
 * `heroku` or PowerShell print, also where values stand beside the names. Values are passed over and are nowhere in the
 * result. Where some lines are assignments, a line without one is the rest of a value.
 */
export function pastedNames(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const form = [assignment, pair].find((one) => lines.some((line) => one.test(line))) ?? alone;
  const names = new Set<string>();
  for (const line of lines) {
    const found = form.exec(line)?.[1];
    if (found !== undefined) names.add(found);
    if (names.size >= maxPastedNames) break;
  }
  return [...names];
}

/** Where a service runs, and the command that prints the names of its variables and nothing else. */
export interface NamesCommand {
  readonly platform: string;
  readonly command: string;
}

/** Each prints names only: the values are cut off before anything is on the screen. */
export const namesCommands: readonly NamesCommand[] = [
  { platform: 'Shell', command: "env | grep -oE '^[A-Za-z_][A-Za-z0-9_]*=' | tr -d = | sort" },
  {
    platform: 'Kubernetes',
    command: "kubectl exec deploy/NAME -- env | grep -oE '^[A-Za-z_][A-Za-z0-9_]*=' | tr -d = | sort",
  },
  {
    platform: 'Docker',
    command: "docker exec CONTAINER env | grep -oE '^[A-Za-z_][A-Za-z0-9_]*=' | tr -d = | sort",
  },
  { platform: 'Heroku', command: 'heroku config --json --app NAME | jq -r keys[]' },
  { platform: 'PowerShell', command: 'Get-ChildItem Env: | Select-Object -ExpandProperty Name' },
];

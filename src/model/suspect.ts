/** The article's three roles of a suspect file. */
export const suspectRoles = ['origin', 'caller', 'configuration'] as const;

export type SuspectRole = (typeof suspectRoles)[number];

/** The three-file rule: more than this dilutes the question. */
export const maxSuspects = 3;

/** Largest file that may be a suspect, in bytes: a source file above it is generated or data. */
export const maxSuspectBytes = 1024 * 1024;

export interface Suspect {
  readonly uri: string;
  /** Relative to its workspace folder, with `/`; what people and Claude call it. */
  readonly path: string;
  readonly role: SuspectRole;
  readonly addedAt: number;
}

const configurationPath =
  /(^|\/)(\.env[^/]*|[^/]*\.env(\.[^/]*)?|config|configuration|settings|env)(\/|\.|$)|\.(ya?ml|toml|ini|properties|conf)$/i;

/** The role a new suspect most likely has: configuration by its path, otherwise the first role nobody has yet. */
export function likelyRole(path: string, present: readonly Pick<Suspect, 'role'>[]): SuspectRole {
  if (configurationPath.test(path) && !present.some((suspect) => suspect.role === 'configuration'))
    return 'configuration';
  return suspectRoles.find((role) => !present.some((suspect) => suspect.role === role)) ?? 'origin';
}

/**
 * Whether a path names a file of environment values, which is never offered, read or sent: `.env`, `.env.production`,
 * `production.env`. Examples and templates, which hold names and no values, are not among them.
 */
export function isEnvironmentValuesFile(path: string): boolean {
  const name = path.replaceAll('\\', '/').split('/').at(-1)?.toLowerCase() ?? '';
  const plain = nameOnWindows(name);
  return isValuesName(name) || (plain !== name && isValuesName(plain));
}

/** A file's name as Windows reads it: without dots and blanks at the end, and without the stream that is a part of the file. */
export function nameOnWindows(name: string): string {
  const file = name.replace(/:.*$/, '');
  // Not by a pattern, which would try each dot of a long row anew, up to its end.
  let end = file.length;
  while (end > 0 && (file[end - 1] === '.' || file[end - 1] === ' ')) end -= 1;
  return file.slice(0, end);
}

function isValuesName(name: string): boolean {
  if (/(^|[._-])(example|sample|template|dist|defaults?)$/.test(name)) return false;
  return name === '.envrc' || /^\.env([._-]|$)/.test(name) || /\.env$/.test(name) || /\.env\.[^.]+$/.test(name);
}

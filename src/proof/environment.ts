import { join } from 'node:path';

/** Variables that a test run does not get: our keys and endpoints, and what belongs to the editor or to another run. */
const withheld =
  /^(ANTHROPIC_.*|CLAUDE_CODE_.*|INCIDENT_PANEL_.*|VSCODE_.*|ELECTRON_.*|GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|PREFIX|ASKPASS|CONFIG.*)|NODE_TEST_CONTEXT|NODE_CHANNEL_FD|NODE_V8_COVERAGE|JEST_WORKER_ID|VITEST.*|FORCE_COLOR)$/i;

export interface RunFolders {
  /** For temporary files: goes away with the scratch copy. */
  readonly temporary: string;
  /** Searched for programs before all others. */
  readonly programs: readonly string[];
  /** Searched for Python modules before all others: an editable install would lead to the user's own files. */
  readonly pythonModules: readonly string[];
}

/**
 * The environment of a test run: the user's, without our keys, with folders of the scratch copy put first. `CI` keeps
 * runners from watching and from writing snapshots.
 */
export function testEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  { temporary, programs, pythonModules }: RunFolders,
  separator = process.platform === 'win32' ? ';' : ':',
): Record<string, string> {
  const kept = Object.fromEntries(
    Object.entries(inherited).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !withheld.test(entry[0]),
    ),
  );
  // Windows writes it `Path` and reads it in any case; two of them would be one too many.
  const pathName = Object.keys(kept).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    ...kept,
    [pathName]: joined([...programs, kept[pathName]], separator),
    PYTHONPATH: joined([...pythonModules, kept['PYTHONPATH']], separator),
    // Compiled files are dated in whole seconds: a fix within the second of its test would not be seen.
    PYTHONDONTWRITEBYTECODE: '1',
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    // Where the user shares one folder of builds, a trial would put its own in there.
    CARGO_TARGET_DIR: join(temporary, 'target'),
    CI: 'true',
    NO_COLOR: '1',
  };
}

function joined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}

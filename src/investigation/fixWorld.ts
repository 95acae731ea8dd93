import type { GitStanding } from '../evidence/gitStanding.ts';
import type { WorkspaceRoot } from '../fix/editPath.ts';
import type { FolderReader } from '../fix/place.ts';
import type { Result } from '../model/failure.ts';

/** A file's text as the editor has it: with unsaved changes, where there are any. */
export interface EditorText {
  readonly text: string;
  /** Counts up with each change; a plan made for one version is of no use for another. */
  readonly version: number;
  readonly unsaved: boolean;
  /** Whether the editor reads it as UTF-8 or UTF-16, which can be compared with its bytes. */
  readonly unicode: boolean;
}

/** What checking the edits of a fix needs of the world around it. Paths are absolute. Those that read may throw. */
export interface FixWorld {
  readonly roots: readonly WorkspaceRoot[];
  readonly folders: FolderReader;
  /** At most so many bytes of a file's beginning. */
  readonly bytes: (path: string, limit: number) => Promise<Uint8Array>;
  readonly editorText: (path: string) => Promise<EditorText>;
  /** What git makes of a file, asked in the nearest folder that exists. */
  readonly standing: (path: string, folder: string) => Promise<Result<GitStanding>>;
}

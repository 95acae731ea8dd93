/** Why an edit cannot be applied to its file as it is, with the facts that a person and Claude need to mend it. */
export type EditObstacle =
  /** It says neither what to replace nor a whole new file, or both. */
  | { readonly kind: 'incomplete' }
  /** The searched text is not in the file. `nearest` are the lines most like it; `applied` is where its replacement stands already. */
  | { readonly kind: 'notFound'; readonly nearest?: LineRange; readonly applied?: number }
  /** It is there more than once: the lines where it begins, the first few of them. */
  | { readonly kind: 'ambiguous'; readonly lines: readonly number[]; readonly count: number }
  /** Another edit of the same fix changes the same text of the file. */
  | { readonly kind: 'overlaps'; readonly line?: number }
  /** Another file of the same fix cannot be there beside it: a name that differs in case alone, a folder's name. */
  | { readonly kind: 'clashes'; readonly other: string }
  /** A new file is there already, with another text. */
  | { readonly kind: 'fileExists' }
  | { readonly kind: 'fileMissing' }
  | { readonly kind: 'badPath'; readonly reason: BadPathReason }
  /** A part of the path is a link: what it leads to may be anywhere. */
  | { readonly kind: 'link'; readonly at: string }
  /** On disk a part of the path has another name (letter case, a short Windows name). */
  | { readonly kind: 'otherName'; readonly at: string }
  /** A part of the path that must be a folder is a file, or the other way round. */
  | { readonly kind: 'notAFile'; readonly at: string }
  /** Git ignores it: it is made by a tool, installed, or private. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'environmentValues' }
  | { readonly kind: 'binary' }
  /** Its bytes are not what the editor takes them for, so that saving would change text that nobody edited. */
  | { readonly kind: 'undecodable' }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly limit: number }
  /** It holds what stands in for a secret, which is in no file. */
  | { readonly kind: 'placeholder'; readonly placeholder: string }
  /** It brings in characters that change how the text is shown (bidirectional controls), or halves of characters. */
  | { readonly kind: 'hiddenCharacters'; readonly codePoint: number }
  /** The file has changed since it was looked at, or differs on disk from what the editor shows. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'unreadable'; readonly code: string };

export type BadPathReason = 'absolute' | 'parent' | 'git' | 'characters' | 'reserved' | 'long' | 'outside';

/** Lines counted from 1, both ends included. */
export interface LineRange {
  readonly line: number;
  readonly endLine: number;
}

/** One edit that does not fit, as it is called where it is told: the second edit of the test is `test`, 2. */
export type EditProblem = EditObstacle & {
  readonly path: string;
  readonly part: EditPart;
  /** Counts from 1 within its part. */
  readonly number: number;
};

/** What an edit belongs to: the fix itself or its test. */
export type EditPart = 'fix' | 'test';

import { posix } from 'node:path';
import type { WorkspaceFile } from '../workspacePath.ts';
import type { ImportedPath } from './importedFiles.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

/** Files that one package or namespace stands for. */
const maxMembers = 20;
/** `go.mod` files that are read, and files of .NET that are read for the namespace they declare. */
const maxModules = 30;
const maxNamespaceReads = 200;

/** An import in the file that has it. */
export interface FoundImport {
  readonly imported: ImportedPath;
  readonly from: WorkspaceFile;
  /** The importing file's text. */
  readonly text: string;
}

/**
 * Finds the files of the workspace that imports mean, among those that an index lists. Reads `go.mod` and, for .NET, the
 * files that may declare a namespace; each once, and a bounded number of them.
 */
export class ImportResolver {
  readonly #index: WorkspaceIndex;
  readonly #read: (file: WorkspaceFile) => Promise<string>;
  readonly #declared = new Map<string, Promise<Declared>>();
  #modules: Promise<readonly GoModule[]> | undefined;

  /** `read` gives a file's text, empty where it cannot be read. */
  constructor(index: WorkspaceIndex, read: (file: WorkspaceFile) => Promise<string>) {
    this.#index = index;
    this.#read = read;
  }

  /** The files that an import means: one, or those of a package or a namespace; none where it is a library's. */
  async resolve({ imported, from, text }: FoundImport): Promise<readonly WorkspaceFile[]> {
    if (imported.means === 'package') return this.#goPackage(imported.ends[0] ?? '', from);
    if (imported.means === 'namespace') return this.#namespace(imported.ends, from, text);
    for (const end of imported.ends) {
      const file = imported.means === 'relative' ? this.#beside(end, from) : this.#byEnd(end, from, imported.means);
      if (file !== undefined) return [file];
    }
    return [];
  }

  #beside(end: string, from: WorkspaceFile): WorkspaceFile | undefined {
    const folder = posix.dirname(from.path);
    // A module of Rust that is no `mod.rs` has those below it in a folder of its name.
    const ownFolder = /(?<!(?:^|\/)(?:main|lib|mod))\.rs$/.test(from.path)
      ? from.path.slice(0, -'.rs'.length)
      : undefined;
    for (const base of ownFolder === undefined ? [folder] : [ownFolder, folder]) {
      const file = this.#index.at(from.root, posix.normalize(posix.join(base, end)));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** The file with this end of its path that is nearest to the importing one. */
  #byEnd(end: string, from: WorkspaceFile, means: ImportedPath['means']): WorkspaceFile | undefined {
    const fitting = this.#index
      .named(posix.basename(end))
      .filter(({ path }) => path === end || path.endsWith(`/${end}`))
      // A module of one name is no file that lies anywhere: `import json` is not `tools/json.py`.
      .filter((file) => means !== 'module' || end.includes('/') || isAround(file, from));
    const nearest = fitting
      .map((file) => ({ file, shared: file.root === from.root ? sharedStart(file.path, from.path) : -1 }))
      .sort((a, b) => b.shared - a.shared || a.file.path.length - b.file.path.length);
    return nearest[0]?.file;
  }

  async #goPackage(path: string, from: WorkspaceFile): Promise<readonly WorkspaceFile[]> {
    const modules = await (this.#modules ??= this.#goModules());
    const [own] = modules
      .filter(({ name }) => path === name || path.startsWith(`${name}/`))
      .sort((a, b) => b.name.length - a.name.length);
    if (own !== undefined) {
      const rest = path.slice(own.name.length + 1);
      return this.#goFiles(own.root, [own.folder, rest].filter((part) => part !== '').join('/'));
    }
    if (modules.length > 0) return [];
    // Without a module the end of the path is a folder here.
    const parts = path.split('/');
    for (let at = 1; at < parts.length; at += 1) {
      const files = this.#goFiles(from.root, parts.slice(at).join('/'));
      if (files.length > 0) return files;
    }
    return [];
  }

  #goFiles(root: string, folder: string): readonly WorkspaceFile[] {
    const files = this.#index
      .inFolder(root, folder)
      .filter(({ path }) => path.endsWith('.go') && !path.endsWith('_test.go'));
    return files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).slice(0, maxMembers);
  }

  async #goModules(): Promise<readonly GoModule[]> {
    const modules: GoModule[] = [];
    for (const file of this.#index.named('go.mod').slice(0, maxModules)) {
      const name = /^\s*module\s+"?([^\s"]{1,300})/m.exec(await this.#read(file))?.[1];
      const folder = posix.dirname(file.path);
      if (name !== undefined) modules.push({ name, root: file.root, folder: folder === '.' ? '' : folder });
    }
    return modules;
  }

  /**
   * The files that declare one of the namespaces and a type that the importing text names: files of such a type's name,
   * and those in folders of the namespace's.
   */
  async #namespace(names: readonly string[], from: WorkspaceFile, text: string): Promise<readonly WorkspaceFile[]> {
    const wanted = new Set(names);
    const mentioned = new Set(text.match(/\b[A-Z]\w{2,80}\b/g) ?? []);
    const folders = new Set(names.flatMap((name) => [name, name.split('.').at(-1) ?? '']));
    const candidates = new Map<string, WorkspaceFile>();
    const add = (file: WorkspaceFile): void => {
      if (file.path.endsWith('.cs') && file !== from) candidates.set(`${file.root}/${file.path}`, file);
    };
    for (const type of mentioned) for (const file of this.#index.named(`${type}.cs`)) add(file);
    const parts = from.path.split('/');
    for (let depth = 0; depth < parts.length; depth += 1)
      for (const folder of folders)
        for (const file of this.#index.inFolder(from.root, [...parts.slice(0, depth), folder].join('/'))) add(file);
    const found: WorkspaceFile[] = [];
    for (const file of candidates.values()) {
      if (found.length >= maxMembers) break;
      const { namespaces, types } = await this.#declaredIn(file);
      if (namespaces.some((name) => wanted.has(name)) && types.some((type) => mentioned.has(type))) found.push(file);
    }
    return found;
  }

  #declaredIn(file: WorkspaceFile): Promise<Declared> {
    const key = `${file.root}/${file.path}`;
    const known = this.#declared.get(key);
    if (known !== undefined) return known;
    if (this.#declared.size >= maxNamespaceReads) return Promise.resolve({ namespaces: [], types: [] });
    const declared = this.#read(file).then((text) => ({
      namespaces: [...text.matchAll(/^\s*namespace\s+([\w.]{1,300})/gm)].map((match) => match[1] ?? ''),
      types: [...text.matchAll(/\b(?:class|record|struct|interface|enum)\s+(?:struct\s+|class\s+)?(\w{1,100})/g)].map(
        (match) => match[1] ?? '',
      ),
    }));
    this.#declared.set(key, declared);
    return declared;
  }
}

interface GoModule {
  readonly name: string;
  readonly root: string;
  /** Of its `go.mod`; empty for the root itself. */
  readonly folder: string;
}

interface Declared {
  readonly namespaces: readonly string[];
  readonly types: readonly string[];
}

/** Whether a file lies beside another one, above it, or in a folder of sources above it. */
function isAround(file: WorkspaceFile, from: WorkspaceFile): boolean {
  if (file.root !== from.root) return false;
  const folder = posix.dirname(file.path).replace(/(?:^|\/)(?:src|lib|app)$/, '') || '.';
  const own = posix.dirname(from.path);
  return folder === '.' || own === folder || own.startsWith(`${folder}/`);
}

function sharedStart(one: string, other: string): number {
  const a = one.split('/');
  const b = other.split('/');
  let shared = 0;
  while (shared < a.length - 1 && shared < b.length - 1 && a[shared] === b[shared]) shared += 1;
  return shared;
}

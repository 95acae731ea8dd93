/** What people write after the three backticks of a listing, by the name that VS Code has for the language. */
const names: Readonly<Record<string, string>> = {
  c: 'c h',
  cpp: 'cpp c++ cc cxx hpp',
  csharp: 'csharp cs c#',
  css: 'css',
  diff: 'diff patch',
  dockerfile: 'dockerfile docker containerfile',
  dotenv: 'dotenv env',
  go: 'go golang',
  graphql: 'graphql gql',
  groovy: 'groovy gradle jenkinsfile',
  html: 'html htm vue svelte',
  ini: 'ini conf cfg',
  java: 'java',
  javascript: 'javascript js mjs cjs node',
  javascriptreact: 'jsx javascriptreact',
  json: 'json',
  jsonc: 'jsonc json5 jsonl ndjson',
  kotlin: 'kotlin kt kts',
  log: 'log logs',
  makefile: 'makefile make',
  markdown: 'markdown md',
  php: 'php',
  powershell: 'powershell ps1 pwsh ps',
  properties: 'properties',
  python: 'python py python3 py3',
  ruby: 'ruby rb',
  rust: 'rust rs',
  scala: 'scala',
  shellscript: 'shellscript sh bash zsh shell console shellsession terminal shell-session',
  sql: 'sql postgresql postgres pgsql psql mysql sqlite plsql tsql',
  swift: 'swift',
  terraform: 'terraform hcl tf',
  toml: 'toml',
  typescript: 'typescript ts mts cts',
  typescriptreact: 'tsx typescriptreact',
  xml: 'xml svg xsd',
  yaml: 'yaml yml',
};

const byName = new Map(Object.entries(names).flatMap(([id, all]) => all.split(' ').map((name) => [name, id] as const)));

/**
 * The language of a listing as VS Code calls it (`shellscript`, `javascript`, …), from the word after its fence, in any
 * case; undefined for a word that names none. An editor without that language shows plain text.
 */
export function codeLanguage(fenceWord: string): string | undefined {
  // `js{1,3}` and `ts:src/a.ts` are ways to say more than the language.
  return byName.get(/^[^\s{:,]*/.exec(fenceWord)?.[0].toLowerCase() ?? '');
}

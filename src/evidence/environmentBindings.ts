/** A variable that a framework binds to a setting by its name, read nowhere by itself. */
export interface BoundVariable {
  readonly name: string;
  /** Where in the text. */
  readonly at: number;
  readonly default?: string;
}

/**
 * Variables that frameworks take settings from by rules of their own: pydantic's `BaseSettings`, Spring's properties,
 * .NET's configuration keys and options. A setting may also stand in the framework's own file (`settingsKeys.ts`).
 */
export function findBoundVariables(path: string, text: string): readonly BoundVariable[] {
  const lower = path.toLowerCase();
  if (lower.endsWith('.py')) return pydanticFields(text);
  if (/\.(?:java|kts?|groovy|scala)$/.test(lower)) return springProperties(text);
  return /\.(?:cs|vb|fs|cshtml|razor)$/.test(lower) ? dotnetKeys(text) : [];
}

/** `payment.api-url` as Spring asks the environment for it. */
export function springVariable(property: string): string {
  return property.replace(/[.-]/g, '_').toUpperCase();
}

/** `Stripe:Key` as .NET asks the environment for it. */
export function dotnetVariable(key: string): string {
  return key.replaceAll(':', '__');
}

/** Characters of one class that are looked at. */
const maxClassLength = 20_000;
/** Classes of options that one file binds. */
const maxOptions = 50;

/** pydantic: each field of a settings class, in capitals behind its prefix, unless it has an alias. */
function pydanticFields(text: string): BoundVariable[] {
  const found: BoundVariable[] = [];
  for (const start of text.matchAll(
    /^class[ \t]+\w{1,100}\((?:[\w., \t]{0,200}[.,( \t])?BaseSettings\b[^)\n]{0,200}\):/gm,
  )) {
    const body: { line: string; at: number }[] = [];
    let at = start.index + start[0].length;
    const rest = text.slice(at, at + maxClassLength);
    const end = rest.search(/\n(?=\S)/);
    for (const line of (end === -1 ? rest : rest.slice(0, end)).split('\n')) {
      body.push({ line, at });
      at += line.length + 1;
    }
    const whole = body.map(({ line }) => line).join('\n');
    const prefix = /\benv_prefix\s*=\s*["'](\w{0,100})["']/.exec(whole)?.[1] ?? '';
    for (const { line, at: lineAt } of body) {
      // Only the class's own fields: a method's or an inner class's lines are deeper.
      const [, field, value] =
        /^(?: {4}|\t| {2})([A-Za-z]\w{0,100})\s*:[^=\n]{1,200}?(?:=\s*(\S.*))?$/.exec(line) ?? [];
      if (field === undefined || field === 'model_config') continue;
      const alias = /\b(?:validation_alias|alias|env)\s*=\s*(?:AliasChoices\(\s*)?["'](\w{1,100})["']/.exec(
        value ?? '',
      )?.[1];
      const given = value?.startsWith('Field(') === true ? fieldDefault(value) : value;
      found.push({
        name: alias?.toUpperCase() ?? (prefix + field).toUpperCase(),
        at: lineAt,
        ...(given === undefined ? {} : { default: given }),
      });
    }
  }
  return found;
}

function fieldDefault(field: string): string | undefined {
  const value =
    /\bdefault\s*=\s*([^,)]{1,100})/.exec(field)?.[1] ?? /^Field\(\s*(?!\w+\s*=)([^,)]{1,100})/.exec(field)?.[1];
  return value === undefined || value.trim() === '...' ? undefined : value.trim();
}

/** `@Value("${payment.api-url:x}")`, and the fields of a class with `@ConfigurationProperties`. */
function springProperties(text: string): BoundVariable[] {
  const found: BoundVariable[] = [];
  const add = (property: string, at: number, value?: string): void => {
    found.push({ name: springVariable(property), at, ...(value === undefined ? {} : { default: value }) });
  };
  for (const match of text.matchAll(/\$\{([a-z][\w-]{0,80}(?:\.[\w-]{1,80}){1,10})(?::([^}\n]{0,200}))?\}/g)) {
    const [, property = '', value] = match;
    found.push({ name: springVariable(property), at: match.index, ...(value === undefined ? {} : { default: value }) });
  }
  // Spring's `Environment`, MicroProfile's `@ConfigProperty`
  for (const match of text.matchAll(
    /\.get(?:Required)?Property\(\s*"([A-Za-z][\w.-]{0,200})"(?:\s*,\s*(?:[\w.]{1,60}\.class\s*,\s*)?("[^"\n]{0,200}"|[\w.-]{1,60}))?/g,
  )) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    // A JVM's own properties are none of the environment's.
    if (/\bSystem$/.test(text.slice(Math.max(0, match.index - 10), match.index))) continue;
    add(groups[0] ?? '', match.index, groups[1]);
  }
  for (const match of text.matchAll(
    /@ConfigProperty\(\s*name\s*=\s*"([\w.-]{1,200})"(?:\s*,\s*defaultValue\s*=\s*("[^"\n]{0,200}"))?/g,
  )) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    add(groups[0] ?? '', match.index, groups[1]);
  }
  for (const { 1: property = '', index } of text.matchAll(
    /@ConditionalOnProperty\([^)"\n]{0,60}(?:name|value)\s*=\s*"([\w.-]{1,200})"/g,
  ))
    add(property, index);
  for (const match of text.matchAll(/@ConfigurationProperties\(\s*(?:(?:prefix|value)\s*=\s*)?"([\w.-]{1,200})"/g)) {
    // Up to the next such class.
    const from = match.index + match[0].length;
    const next = text.indexOf('@ConfigurationProperties', from);
    const body = text.slice(from, Math.min(next === -1 ? text.length : next, from + maxClassLength));
    const fields =
      /^[ \t]+(?:(?:private|protected|public|final|lateinit|var|val|@\w+)\s+){1,5}(?!static\b|class\b|fun\b)(?:([a-z]\w{0,80})\s*:\s*[\w<>?, .]{1,100}|[\w<>[\], .?]{1,100}\s([a-z]\w{0,80}))\s*(?:=\s*([^;\n]{1,100}))?[;,]?$/gm;
    for (const field of body.matchAll(fields)) {
      if (/\bstatic\b/.test(field[0])) continue;
      const groups: readonly (string | undefined)[] = field.slice(1);
      const name = groups[0] ?? groups[1] ?? '';
      const value = groups[2];
      found.push({
        name: springVariable(`${match[1] ?? ''}.${name}`),
        at: from + field.index + field[0].search(/\S/),
        ...(value === undefined ? {} : { default: value.trim() }),
      });
    }
  }
  return found;
}

/** Keys of `IConfiguration`, connection strings, and the properties of the options that a section is bound to. */
function dotnetKeys(text: string): BoundVariable[] {
  const found: BoundVariable[] = [];
  const add = (key: string, at: number, value?: string): void => {
    found.push({ name: dotnetVariable(key), at, ...(value === undefined ? {} : { default: value.trim() }) });
  };
  const holder = '\\b\\w{0,40}[Cc]onfig(?:uration)?\\w{0,40}';
  for (const match of text.matchAll(new RegExp(`${holder}\\??\\.GetConnectionString\\(\\s*"([\\w-]{1,100})"`, 'g')))
    add(`ConnectionStrings:${match[1] ?? ''}`, match.index);
  for (const match of text.matchAll(
    new RegExp(`${holder}\\[\\s*"([\\w:.-]{1,200})"\\s*\\](?!\\s*=[^=])(?:\\s*\\?\\?\\s*("[^"\\n]*"|[\\w.]+))?`, 'g'),
  )) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    add(groups[0] ?? '', match.index, groups[1]);
  }
  for (const match of text.matchAll(
    new RegExp(
      `${holder}\\??\\.GetValue(?:<[\\w?]{1,80}>)?\\(\\s*"([\\w:.-]{1,200})"(?:\\s*,\\s*([^)\\n]{1,100}))?`,
      'g',
    ),
  )) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    add(groups[0] ?? '', match.index, groups[1]);
  }
  const section = `${holder}\\??\\.Get(?:Required)?Section\\(\\s*"([\\w:.-]{1,200})"\\s*\\)`;
  for (const match of text.matchAll(new RegExp(`${section}\\[\\s*"([\\w:.-]{1,200})"`, 'g')))
    add(`${match[1] ?? ''}:${match[2] ?? ''}`, match.index);
  for (const [type, prefix] of [...boundOptions(text, section)].slice(0, maxOptions)) {
    const start = new RegExp(`\\b(?:class|record)\\s+${type}\\b`).exec(text);
    if (start === null) continue;
    const body = text.slice(start.index, start.index + maxClassLength).split(/\n\}/, 1)[0] ?? '';
    for (const property of body.matchAll(
      /\bpublic\s+(?:required\s+|virtual\s+)?[\w<>?[\], .]{1,100}\s(\w{1,100})\s*\{\s*get;[^}\n]{0,60}\}(?:\s*=\s*([^;\n]{1,100});)?/g,
    )) {
      const groups: readonly (string | undefined)[] = property.slice(1);
      add(`${prefix}:${groups[0] ?? ''}`, start.index + property.index, groups[1]);
    }
  }
  return found;
}

/** Classes of options with the section that they are bound to in this text. */
function boundOptions(text: string, section: string): Map<string, string> {
  const bound = new Map<string, string>();
  for (const match of text.matchAll(new RegExp(`\\.Configure<(\\w{1,100})>\\(\\s*${section}`, 'g')))
    bound.set(match[1] ?? '', match[2] ?? '');
  for (const match of text.matchAll(
    new RegExp(
      `\\.AddOptions<(\\w{1,100})>\\(\\)\\s*\\.Bind(?:Configuration)?\\(\\s*(?:${section}|"([\\w:.-]{1,200})")`,
      'g',
    ),
  )) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    bound.set(groups[0] ?? '', groups[1] ?? groups[2] ?? '');
  }
  for (const match of text.matchAll(new RegExp(`${section}\\s*\\.Get<(\\w{1,100})>`, 'g')))
    bound.set(match[2] ?? '', match[1] ?? '');
  return bound;
}

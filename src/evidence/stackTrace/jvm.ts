import { parseErrorHeader, parseHeaded, type HeadedGrammar } from './headed.ts';
import { makeFrame, type StackFrame, type TraceHeader, type TraceParser } from './model.ts';
import { isLibraryName, jvmLibraries } from './ownCode.ts';

/** A class with its package, or an error's or exception's name alone; behind a logger's words. */
const headerPattern =
  /(?:^|[\s:("])((?:[a-z_][\w$]{0,60}\.){1,15}[A-Z][\w$.]{0,120}|[A-Z][\w$]{0,80}(?:Exception|Error|Throwable))(?::\s?(.*))?$/;

const nestedRelations: Readonly<Record<string, 'suppressed' | 'wrapper'>> = {
  Suppressed: 'suppressed',
  'Wrapped by': 'wrapper',
  // Dropwizard
  Causing: 'wrapper',
};

function header(text: string): TraceHeader | undefined {
  return parseErrorHeader(text, headerPattern);
}

const grammar: HeadedGrammar = {
  language: 'jvm',
  frame: parseFrame,
  header: (text) => (/^\s*(?:Caused [Bb]y|Suppressed|Wrapped by|Causing):/.test(text) ? undefined : header(text)),
  skip: (text) => {
    const left = /^\s*\.\.\. (\d{1,9}) (?:more|common frames omitted|frames? (?:truncated|excluded))/.exec(text);
    if (left !== null) return Number(left[1]);
    return /^\s*(?:\[CIRCULAR REFERENCE|- (?:locked|waiting|parking|eliminated) |Truncated\. see log file|\[\.\.\.\]$)/.test(
      text,
    )
      ? 0
      : undefined;
  },
  nested: (text) => {
    const match = /^\s*(Caused [Bb]y|Suppressed|Wrapped by|Causing): (.*)$/.exec(text);
    if (match === null) return undefined;
    const [, word, rest = ''] = match;
    if (rest.startsWith('[CIRCULAR REFERENCE')) return { relation: 'cause', header: { message: rest } };
    const [, type = rest, message = ''] = /^([\w$.]+)(?:: (.*))?$/.exec(rest) ?? [];
    return { relation: nestedRelations[word ?? ''] ?? 'cause', header: { type, message } };
  },
};

/** Java, Kotlin, Scala, Groovy, Clojure, Android. */
export const parseJvm: TraceParser = (lines, at, floor) => parseHeaded(grammar, lines, at, floor);

/** A test whose name is a sentence, as Kotlin, Scala and Groovy allow. */
const sentenceName = /at [\w$.]{1,300}\.[\w$ ,'-]{1,300}\([\w$]{1,200}\.(?:kt|scala|groovy):\d{1,9}\)$/;

/** `at java.base/java.lang.Thread.run(Thread.java:833) ~[na:17]`; the module or class loader before `/` is left out. */
function parseFrame(text: string): StackFrame | undefined {
  const start = text.indexOf('at ');
  if (start === -1) return parseBareFrame(text);
  if (start > 0 && !/\s$/.test(text.slice(0, start))) return undefined;
  if (text.slice(0, start).trim() !== '' && !/(?:\s{2,}|\t)$/.test(text.slice(0, start))) return undefined;
  return callAt(text, start + 3);
}

/** As JUnit's console and some appliances list calls: indented, without `at`. */
export const bareJvmFrame =
  /^\s{2,40}(?:[\w.@-]{1,80}\/)?(?:[\w$]{1,100}\.){1,15}[\w$<>]{1,100}\([\w$]{1,100}\.(?:java|kt|scala|groovy):\d{1,9}\)$/;

function parseBareFrame(text: string): StackFrame | undefined {
  return bareJvmFrame.test(text) ? callAt(text, text.length - text.trimStart().length) : undefined;
}

/** A call with its place, from `start` on. */
function callAt(text: string, start: number): StackFrame | undefined {
  const open = text.indexOf('(', start);
  const close = text.indexOf(')', open);
  if (open === -1 || close === -1) return undefined;
  const place = text.slice(open + 1, close);
  const qualified = text.slice(start, open);
  // Other languages have a blank before the bracket, or arguments in it.
  if ((/\s/.test(qualified) && !sentenceName.test(text)) || !qualified.includes('.')) return undefined;
  const source = /^([^\s:()]+\.[A-Za-z]{1,10}|SourceFile|[\w$-]+)(?::(-?\d{1,9}))?$/.exec(place);
  const hasPlace = source !== null && (source[2] !== undefined || place.includes('.') || place === 'SourceFile');
  if (!hasPlace && place !== 'Unknown Source' && place !== 'Native Method') return undefined;
  const name = qualified.slice(qualified.lastIndexOf('/') + 1);
  const className = name.slice(0, name.lastIndexOf('.'));
  const file = source?.[1];
  const folder = className.split('.').slice(0, -1).join('/');
  const isFile = file?.includes('.') === true;
  const line = source?.[2]?.startsWith('-') === true ? undefined : source?.[2];
  return makeFrame({
    function: name,
    file: isFile ? (folder === '' ? file : `${folder}/${file}`) : undefined,
    line: isFile ? line : undefined,
    own:
      isFile &&
      !isLibraryName(className, jvmLibraries) &&
      !/\$\$(?:FastClassBy|EnhancerBy|Lambda|SpringCGLIB)/.test(name),
  });
}

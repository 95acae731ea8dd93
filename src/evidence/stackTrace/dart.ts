import { parseHeaded, type HeadedGrammar } from './headed.ts';
import { makeFrame, splitPosition, type StackFrame, type TraceHeader, type TraceParser } from './model.ts';
import { dartLibraries, isOwnFile } from './ownCode.ts';

const grammar: HeadedGrammar = {
  language: 'dart',
  frame: parseFrame,
  header,
  skip: (text) =>
    /^\s*(?:<asynchronous suspension>|={3,} asynchronous gap ={3,}-*|\(elided \d+ frames?.*\)|\.\.\.\s*$)/.test(text)
      ? 0
      : undefined,
};

/** What Dart's own errors say instead of their class. */
const ownWords =
  /^(?:Bad state: |Invalid argument|Unsupported operation: |Concurrent modification during iteration: |Null check operator used on a null value|type '.{1,200}' is not a subtype of type |Stack Overflow$|Out of Memory$)/;

const terse: HeadedGrammar = {
  ...grammar,
  frame: parseTerseFrame,
  header: (text) => header(text) ?? (ownWords.test(text) ? { message: text } : undefined),
};

/** As `package:stack_trace` prints it: `package:shop/cart.dart 12:5  Cart.add`. */
export const parseDartTerse: TraceParser = (lines, at, floor) => parseHeaded(terse, lines, at, floor);

function parseTerseFrame(text: string): StackFrame | undefined {
  const match =
    /^\s*((?:package|dart|file):\S{1,500}|[\w./-]{1,500}\.dart) (\d{1,9}):(\d{1,9}) {1,200}(\S.{0,300})$/.exec(text);
  const bare = match === null ? /^(dart:\S{1,200}) {2,200}(\S.{0,300})$/.exec(text) : null;
  if (bare !== null) return makeFrame({ function: bare[2], file: bare[1], own: false });
  if (match === null) return undefined;
  const [, file = '', line, column, name] = match;
  return makeFrame({ function: name, file, line, column, own: isOwnDart(file) });
}

/** Dart and Flutter: `#0      Cart.add (package:shop/cart.dart:12:5)`. */
export const parseDart: TraceParser = (lines, at, floor) => {
  const found = parseHeaded(grammar, lines, at, floor);
  if (found?.trace.message === undefined) return found;
  // Flutter's own words above the frames are no part of the message.
  const message = found.trace.message.replace(/\n\s*When the exception was thrown, this was the stack:$/, '').trimEnd();
  return { ...found, trace: { ...found.trace, message } };
};

function header(text: string): TraceHeader | undefined {
  const flutter = /^The following (\S+) was thrown(.*):$/.exec(text);
  if (flutter !== null) return { type: flutter[1] ?? '', message: '' };
  const unhandled = /Unhandled [Ee]xception:(?: (.*))?$/.exec(text);
  const [, type, message] =
    /^(?:flutter: )?(_?[A-Z]\w{0,100}(?:Exception|Error|Failure)|Exception)(?: \(\w{1,60}\))?(?:: (.*))?$/.exec(
      unhandled?.[1] ?? text,
    ) ?? [];
  if (type !== undefined) return { type, message: message ?? '' };
  return unhandled === null ? undefined : { message: unhandled[1] ?? '' };
}

function parseFrame(text: string): StackFrame | undefined {
  const match = /^\s*(?:flutter: )?#\d{1,6}\s+(\S.{0,300}?) \((.{1,1000})\)\s*$/.exec(text);
  if (match === null) return undefined;
  const [, name = '', location = ''] = match;
  if (!/^(?:package|dart|file|org-dartlang-[a-z]+|https?):|\.dart\b/.test(location)) return undefined;
  const { file, line, column } = splitPosition(location);
  return makeFrame({ function: name.replace(/^new /, ''), file, line, column, own: isOwnDart(file) });
}

function isOwnDart(file: string): boolean {
  const packageName = /^package:([^/]+)\//.exec(file)?.[1];
  return isOwnFile(file) && !(packageName !== undefined && dartLibraries.has(packageName));
}

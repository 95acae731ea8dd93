import type { LogLine } from './line.ts';

/** A record of several lines that is being put together. */
export interface OpenRecord {
  /** Whether its first line had a time: then each record of this log has one, and a line without is part of it. */
  readonly stamped: boolean;
  /** Whether that was the program's own time, rather than that of who collected it. */
  readonly ownStamped: boolean;
  /** Python's exception follows its traceback without indentation. */
  awaitsException: boolean;
  /** The line before announced another one. */
  announced: boolean;
  /** A dump of goroutines is under way. */
  inGoroutines: boolean;
}

/** Lines that only go on: frames, causes, marks below source, ends of blocks. Indented ones are among them. */
const goesOn =
  /^(?:\s|$|! |at |Caused by\b|Suppressed:|\.{3} \d+ (?:more|common)|Traceback \(|During handling of|The above exception|goroutine \d+|created by |\^+$|File "|---+ |#\d+ |stack backtrace:|note: |Stack [Tt]race:|from \S+:\d|thrown in|[}\])]+[,;]?$|exit status \d|\[signal |Previous |Next \S+(?:Exception|Error)|\[CIRCULAR|\[cause\])/;
/** PostgreSQL's own words for what a driver logged. */
const databaseWords =
  /^(?:ERROR: {1,2}(?:relation|column|syntax error|duplicate key|null value|insert or update|operator|function|permission denied for|could not serialize|deadlock detected|current transaction|invalid input|value too long|division by zero|canceling statement)\b|DETAIL: |HINT: |CONTEXT: |LINE \d+: )/;
const goCall = /^[\w./*()$·-]{1,300}\(.{0,2000}\)$/;
const announces = /panicked at .{0,500}:$|^[a-z]{4}: \S{1,300}\[\d+\]$|^Exception information:?$/;
const traceback = /^\s*Traceback \(most recent call last\):$/;

/** What begins the report of a crash, whatever was logged before it. */
const crash =
  /^(?:Uncaught |Unhandled |Exception in thread |Traceback \(|panic: |fatal error: |thread '.{0,200}' (?:\(\d+\) )?panicked|PHP (?:Fatal|Parse) |\*\* \((?:\w|\()|(?:[\w$]{1,100}\.){0,20}[A-Z]\w{0,100}(?:Error|Exception)\b(?::| \[|$)|\S{1,500}:\d+:in .{0,1000}\((?:\w+::)*\w*(?:Error|Exception)\)$)/;

/** Whether a line begins the report of an exception or a crash. */
export function beginsCrash(text: string): boolean {
  return crash.test(text);
}

/** Whether a line only goes on with what was before it, whatever that was. */
export function isContinuation(text: string): boolean {
  return goesOn.test(text);
}

export function openRecord({ time, text, own }: LogLine, stamped = time !== undefined): OpenRecord {
  const record: OpenRecord = {
    stamped,
    ownStamped: stamped && own.time,
    awaitsException: false,
    announced: false,
    inGoroutines: false,
  };
  follow(record, text);
  return record;
}

/** Whether a line belongs to the open record; what it lets expect is noted in the record. */
export function belongsTo(record: OpenRecord, line: LogLine): boolean {
  const { text } = line;
  // Behind a time or a container's prefix a frame is a frame.
  const said = line.time === undefined ? text : line.message === '' ? text : line.message;
  const belongs =
    isContinuation(text) ||
    (record.stamped && !line.own.time && databaseWords.test(text)) ||
    (line.time !== undefined && line.level === undefined && isContinuation(said)) ||
    (!line.own.begins && record.ownStamped) ||
    // A container's time stands before each line of a trace.
    (!line.own.begins && record.awaitsException && /\S/.test(text)) ||
    (!line.begins &&
      (record.stamped ||
        record.announced ||
        (record.awaitsException && !/^\s*$/.test(text)) ||
        (record.inGoroutines && (goCall.test(text) || /^goroutine |^\[/.test(text)))));
  if (belongs) follow(record, text);
  return belongs;
}

/** Notes in the open record what one more line of it lets expect. */
export function follow(record: OpenRecord, text: string): void {
  const last = text.charCodeAt(text.length - 1);
  if (last === 0x3a && traceback.test(text)) record.awaitsException = true;
  else if (record.awaitsException && /^\S/.test(text)) record.awaitsException = false;
  if (/^goroutine \d+/.test(text)) record.inGoroutines = true;
  // A colon, a bracket, or `Exception information` without one: frames end with none of that.
  record.announced = (last === 0x3a || last === 0x5d || last === 0x6e) && announces.test(text);
}

/** Writes times of the record in one time zone, the same on every machine. */
export interface Clock {
  /** `2026-11-22 02:47:12`, with the offset behind it where it is another one than at `reference`. */
  stamp(at: number): string;
  /** The zone and its offset at `reference`: `Europe/Berlin, GMT+01:00`. */
  readonly zone: string;
}

/**
 * A clock of a zone of the IANA database (`Europe/Berlin`), by default this machine's. `reference` is a time whose offset
 * need not be repeated. An unknown zone counts as UTC: a wrong setting must not cost the record.
 */
export function clockOf(reference: number, timeZone?: string): Clock {
  const { format, name } = formatOf(timeZone);
  const usual = partsOf(format, reference).offset;
  return {
    zone: name === usual ? name : `${name}, ${usual}`,
    stamp: (at) => {
      const { date, time, offset } = partsOf(format, at);
      return `${date} ${time}${offset === usual ? '' : ` ${offset}`}`;
    },
  };
}

function formatOf(timeZone: string | undefined): { readonly format: Intl.DateTimeFormat; readonly name: string } {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  };
  try {
    const format = new Intl.DateTimeFormat('en-GB', timeZone === undefined ? options : { ...options, timeZone });
    return { format, name: format.resolvedOptions().timeZone };
  } catch {
    return { format: new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }), name: 'UTC' };
  }
}

function partsOf(format: Intl.DateTimeFormat, at: number): { date: string; time: string; offset: string } {
  // A damaged journal may hold a time that no calendar has.
  if (Number.isNaN(new Date(at).getTime())) return { date: 'unknown', time: 'time', offset: '' };
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
    offset: part('timeZoneName'),
  };
}

import { redactedTemplate } from './redacted.ts';

/** The title of an incident until its first error tells a better one. */
export const untitled = redactedTemplate`New incident`;

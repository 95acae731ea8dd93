/**
 * What the panel's page says when its first picture is on screen. It is none of the messages between the panel and its host
 * (`src/protocol.ts`): neither of the two is loaded yet.
 */
export const pageSeen = 'seen';

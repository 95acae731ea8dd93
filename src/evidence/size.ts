/** A size for people: `812 bytes`, `4.2 KB`, `10 GB` (1 KB = 1024 bytes). */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes / 1024;
  for (const unit of ['KB', 'MB', 'GB']) {
    if (value < 1024) return `${oneDecimal(value)} ${unit}`;
    value /= 1024;
  }
  return `${oneDecimal(value)} TB`;
}

function oneDecimal(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

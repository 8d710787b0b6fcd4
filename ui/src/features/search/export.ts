/** Where the browser loads the whole answer from; the server streams it, so that no size is too large. */
export function exportAddress(format: 'csv' | 'ndjson', { query, from, to, columns }: { query: string; from: string; to: string; columns: readonly string[] }): string {
  const params = new URLSearchParams({ query, from, to, format })
  // A column such as "summary" is made up by the console; a field has a dot or is @timestamp.
  const fields = ['@timestamp', ...columns.filter((c) => c.includes('.'))]
  if (format === 'csv') params.set('fields', (fields.length > 1 ? fields : [...fields, 'event.module', 'source.ip', 'destination.ip', 'event.original']).join(','))
  return `/api/v1/events/export?${params}`
}

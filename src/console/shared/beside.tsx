/** Small facts in a row. A line breaks between them before it breaks inside one. */
export function Beside({ words }: { readonly words: readonly (string | null)[] }) {
  const known = words.filter((word) => word !== null);
  if (known.length === 0) return null;
  return (
    <p className="beside">
      {known.map((word) => (
        <span key={word}>{word}</span>
      ))}
    </p>
  );
}

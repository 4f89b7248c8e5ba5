/** Shown while an answer is under way. */
export function Thinking() {
  return (
    <div className="thinking">
      <span className="thinking-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>正在查阅政策原文…</span>
    </div>
  );
}

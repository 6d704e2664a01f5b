/** Shown instead of an empty list. */
export function Empty({ title, detail }: { title: string; detail: string }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p className="empty-detail">{detail}</p>
    </div>
  );
}

/** In place of a list that has nothing in it. */
export function Empty({ title, detail }: { title: string; detail: string }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p className="empty-detail">{detail}</p>
    </div>
  );
}

/** A placeholder for text that loads, so that nothing moves when it appears. */
export function Skeleton({ width }: { width: string }) {
  return <span className="skeleton" style={{ width }} aria-hidden="true" />;
}

/** A placeholder with the height of two rows, while the rows load. */
export function RowSkeletons() {
  return (
    <>
      <RowSkeleton />
      <RowSkeleton />
    </>
  );
}

function RowSkeleton() {
  return (
    <li className="row" aria-hidden="true">
      <div className="row-who">
        <p className="row-name">
          <Skeleton width="9rem" />
        </p>
        <p className="row-detail">
          <Skeleton width="7rem" />
        </p>
      </div>
    </li>
  );
}

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { explain } from "../app/explain.ts";
import { AlertIcon, CheckIcon, CloseIcon } from "./icons.tsx";

/** A message to the user. */
export interface Notice {
  readonly title: string;
  readonly detail?: string;
}

interface Shown extends Notice {
  readonly id: number;
  readonly isError: boolean;
}

interface Notices {
  /** Shows that an action succeeded. The notice disappears by itself. */
  notify: (notice: Notice) => void;
  /** Shows that an action failed. The notice stays until it is closed or replaced by the next one. */
  notifyError: (error: Error) => void;
}

const NoticesContext = createContext<Notices>({ notify: () => {}, notifyError: () => {} });

/** The functions that show notices. */
export function useNotices(): Notices {
  return useContext(NoticesContext);
}

const ShownContext = createContext<{ shown: readonly Shown[]; close: (id: number) => void }>({
  shown: [],
  close: () => {},
});

const lifeMs = 6_000;
let lastId = 0;

/** Keeps the notices of its children. {@link Toasts} shows them. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const close = useCallback((id: number) => setShown((all) => all.filter((notice) => notice.id !== id)), []);
  const onScreen = useMemo(() => ({ shown, close }), [shown, close]);

  const notices = useMemo<Notices>(() => {
    function add(notice: Notice, isError: boolean): void {
      lastId += 1;
      const next = { ...notice, isError, id: lastId };
      setShown((all) => [...all.filter((other) => other.isError !== isError), next]);
    }
    return {
      notify: (notice) => add(notice, false),
      notifyError: (error) => add(explain(error), true),
    };
  }, []);

  return (
    <NoticesContext value={notices}>
      <ShownContext value={onScreen}>{children}</ShownContext>
    </NoticesContext>
  );
}

/** Shows the notices. Screen readers read them out when they appear. */
export function Toasts() {
  const { shown, close } = useContext(ShownContext);
  return (
    <div className="notices">
      <div role="alert">
        {shown.map((notice) => notice.isError && <Toast key={notice.id} notice={notice} onClose={close} />)}
      </div>
      <div role="status">
        {shown.map((notice) => !notice.isError && <Toast key={notice.id} notice={notice} onClose={close} />)}
      </div>
    </div>
  );
}

function Toast({ notice, onClose }: { notice: Shown; onClose: (id: number) => void }) {
  const { id, isError, title, detail } = notice;
  useEffect(() => {
    if (isError) return undefined;
    const timer = setTimeout(onClose, lifeMs, id);
    return () => clearTimeout(timer);
  }, [id, isError, onClose]);

  return (
    <div className={isError ? "toast toast-error" : "toast"}>
      {isError ? <AlertIcon /> : <CheckIcon />}
      <p className="toast-text">
        <strong>{title}</strong>
        {detail && <span>{detail}</span>}
      </p>
      <button type="button" className="button button-quiet button-icon" onClick={() => onClose(id)}>
        <CloseIcon />
        <span className="visually-hidden">Close</span>
      </button>
    </div>
  );
}

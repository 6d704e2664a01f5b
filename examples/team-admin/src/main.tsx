import "@fontsource-variable/geist";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/page.css";
import "./styles/rows.css";
import "./styles/dock.css";
import "./styles/log.css";
import "./styles/no-backend.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { startBackend } from "./demo/backend.ts";
import { createCallLog } from "./demo/call-log.ts";
import { Dock } from "./demo/dock.tsx";
import { NoBackend } from "./demo/no-backend.tsx";

const root = createRoot(document.getElementById("root") ?? document.body);

// Only this file uses the mock. A real app has its sign-in here, and nothing from ./demo.
const log = createCallLog();
try {
  const backend = await startBackend(log.tokenRenewed);
  // There is no StrictMode, because it mounts everything twice in development: the log would show each call twice.
  root.render(
    <App
      baseUrl={backend.baseUrl}
      user={backend.user}
      signIn={backend.signIn}
      openBilling={backend.openBilling}
      hooks={log.hooks}
    >
      <Dock backend={backend} log={log} />
    </App>,
  );
} catch (reason) {
  root.render(<NoBackend error={reason instanceof Error ? reason : new Error(String(reason))} />);
}

import "@fontsource-variable/geist";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/page.css";
import "./styles/demo.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { startBackend } from "./demo/backend.ts";
import { DemoPanel } from "./demo/demo-panel.tsx";

// The one place that knows of the mock. A real app has its sign-in here, and nothing of ./demo.
const backend = await startBackend();

createRoot(document.getElementById("root") ?? document.body).render(
  <StrictMode>
    <App baseUrl={backend.baseUrl} signIn={backend.signIn} openBilling={backend.openBilling}>
      <DemoPanel backend={backend} />
    </App>
  </StrictMode>,
);

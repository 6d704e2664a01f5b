/** The address of Ona's own service. */
export const onaUrl = "https://app.ona.com/api";

/** The environment variables that the vendor's SDKs read. The first one that is set and not empty counts. */
export const onaVariables = {
  baseUrl: ["ONA_BASE_URL", "GITPOD_BASE_URL"],
  auth: ["ONA_API_KEY", "GITPOD_API_KEY"],
} as const;

import type { TokenPair } from './types';

const API_PREFIX = '/api/v1';
const REFRESH_TOKEN_KEY = 'orrery.refresh-token';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

/** Sends requests with the bearer token, and renews it once when the server says that it is spent. */
export class ApiClient {
  private accessToken: string | null = null;
  private refreshing: Promise<boolean> | null = null;

  constructor(private readonly origin: string) {}

  get isSignedIn(): boolean {
    return localStorage.getItem(REFRESH_TOKEN_KEY) !== null;
  }

  url(path: string): string {
    return `${this.origin}${API_PREFIX}${path}`;
  }

  /** Address of a WebSocket, the token in the query because browsers send no headers with it. */
  async socketUrl(path: string): Promise<string | null> {
    if (!this.accessToken && !(await this.refresh())) return null;
    const url = new URL(path, this.origin || location.origin);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('token', this.accessToken ?? '');
    return url.href;
  }

  async signIn(email: string, password: string): Promise<void> {
    const response = await fetch(this.url('/auth/token'), {
      method: 'POST',
      body: new URLSearchParams({ username: email, password }),
    });
    if (!response.ok) throw await this.error(response);
    this.keep((await response.json()) as TokenPair);
  }

  async signOut(): Promise<void> {
    const refreshToken = localStorage.getItem(REFRESH_TOKEN_KEY);
    this.forget();
    if (refreshToken) await this.post('/auth/logout', { refresh_token: refreshToken });
  }

  async get<T>(path: string): Promise<T> {
    return (await this.send('GET', path)).json() as Promise<T>;
  }

  async post(path: string, body: unknown): Promise<Response> {
    return this.send('POST', path, body);
  }

  async put(path: string, body: unknown): Promise<Response> {
    return this.send('PUT', path, body);
  }

  async bytes(path: string): Promise<ArrayBuffer> {
    return (await this.send('GET', path)).arrayBuffer();
  }

  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    if (this.isSignedIn && !this.accessToken) await this.refresh();
    let response = await this.attempt(method, path, body);
    if (response.status === 401 && (await this.refresh())) {
      response = await this.attempt(method, path, body);
    }
    if (!response.ok) throw await this.error(response);
    return response;
  }

  private attempt(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = new Headers();
    if (this.accessToken) headers.set('authorization', `Bearer ${this.accessToken}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    return fetch(this.url(path), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  /** One renewal at a time: a refresh token works once. */
  private refresh(): Promise<boolean> {
    this.refreshing ??= this.renew().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async renew(): Promise<boolean> {
    const refreshToken = localStorage.getItem(REFRESH_TOKEN_KEY);
    if (!refreshToken) return false;
    const response = await fetch(this.url('/auth/refresh'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token: refreshToken }),
    });
    if (!response.ok) {
      this.forget();
      return false;
    }
    this.keep((await response.json()) as TokenPair);
    return true;
  }

  private keep(tokens: TokenPair): void {
    this.accessToken = tokens.access_token;
    localStorage.setItem(REFRESH_TOKEN_KEY, tokens.refresh_token);
  }

  private forget(): void {
    this.accessToken = null;
    localStorage.removeItem(REFRESH_TOKEN_KEY);
  }

  private async error(response: Response): Promise<ApiError> {
    const body: unknown = await response.json().catch(() => null);
    const detail = (body as { detail?: unknown } | null)?.detail;
    return new ApiError(
      response.status,
      typeof detail === 'string' ? detail : response.statusText,
    );
  }
}

import { beforeEach, describe, expect, it, vi } from "vitest";

const KEY = "ferry-session /";
const kept = new Map<string, string>();
vi.stubGlobal("location", { pathname: "/" });
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});
const { get, mlflow, signIn, whenSignedOut } = await import("../src/lib/api");

/** A server that knows one token, and does something before it answers. */
function server(good: string, before: () => void = () => {}) {
  const asked: (string | undefined)[] = [];
  vi.stubGlobal("fetch", (_: string, request: RequestInit) => {
    const token = (request.headers as Record<string, string>)["Authorization"];
    asked.push(token);
    before();
    const known = token === "Bearer " + good;
    return Promise.resolve(new Response(JSON.stringify(known ? { fine: true } : { error: { message: "who is that?" } }), { status: known ? 200 : 401 }));
  });
  return asked;
}

describe("a token", () => {
  const signedOut = vi.fn();
  beforeEach(() => {
    kept.clear();
    signedOut.mockClear();
    whenSignedOut(signedOut);
  });

  it("goes when the server does not know it", async () => {
    server("new");
    kept.set(KEY, "old");
    await expect(get("runs")).rejects.toThrow("who is that?");
    expect(kept.has(KEY)).toBe(false);
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it("stays where an older one was refused, and is asked with instead", async () => {
    const asked = server("new", () => kept.set(KEY, "new"));
    kept.set(KEY, "old");
    expect(await get("runs")).toEqual({ fine: true });
    expect(asked).toEqual(["Bearer old", "Bearer new"]);
    expect(kept.get(KEY)).toBe("new");
    expect(signedOut).not.toHaveBeenCalled();
  });

  it("stays where a link was refused, which is sent without it", async () => {
    const asked = server("good");
    kept.set(KEY, "good");
    await expect(signIn("used")).rejects.toThrow("who is that?");
    expect(asked).toEqual([undefined]);
    expect(kept.get(KEY)).toBe("good");
  });
});

describe("what went wrong", () => {
  it("is said in MLflow's words where those were asked", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ error_code: "RESOURCE_DOES_NOT_EXIST", message: "Run with id=x not found" }), { status: 404 })));
    await expect(mlflow("runs/get?run_id=x")).rejects.toThrow("Run with id=x not found");
  });
});

import {
  ApiError,
  NotFoundError,
  PermissionDeniedError,
  SignInAgainError,
  UnauthenticatedError,
} from "tenantry";
import { expectTypeOf, it } from "vitest";

declare const error: ApiError;

// TypeScript infers `error is PermissionDeniedError` for such functions.
const isNotFound = (thrown: unknown) => thrown instanceof NotFoundError;
const isDenied = (thrown: unknown) => thrown instanceof PermissionDeniedError;
const isSignedOut = (thrown: unknown) => thrown instanceof UnauthenticatedError;

it("an error that is not of one class may still be of another one", () => {
  if (isNotFound(error)) return;
  expectTypeOf(error).toEqualTypeOf<ApiError>();
  if (isDenied(error)) return;
  expectTypeOf(error).toEqualTypeOf<ApiError>();
  if (isSignedOut(error)) return;
  expectTypeOf(error).toEqualTypeOf<ApiError>();
});

it("no class of errors accepts the errors of another one", () => {
  expectTypeOf<ApiError>().not.toExtend<NotFoundError>();
  expectTypeOf<PermissionDeniedError>().not.toExtend<NotFoundError>();
  expectTypeOf<UnauthenticatedError>().not.toExtend<SignInAgainError>();
  expectTypeOf<SignInAgainError>().toExtend<UnauthenticatedError>();
  expectTypeOf<NotFoundError>().toExtend<ApiError>();
});

it("an error's name is the name of its class", () => {
  expectTypeOf(new NotFoundError("gone").name).toEqualTypeOf<"NotFoundError">();
  expectTypeOf(new SignInAgainError("ended").name).toEqualTypeOf<"SignInAgainError">();
  expectTypeOf(new ApiError("failed").name).toEqualTypeOf<string>();
});

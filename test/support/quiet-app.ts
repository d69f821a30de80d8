import express, { type Express } from "express";

/** An app whose default error handler answers, as any does, but does not print each error that a test provokes. */
export function quietApp(): Express {
  return express().set("env", "test");
}

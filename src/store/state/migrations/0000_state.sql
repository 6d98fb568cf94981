CREATE TABLE "attributions" (
	"project" text NOT NULL,
	"experiment" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"attribution" jsonb NOT NULL,
	CONSTRAINT "attributions_project_experiment_at_pk" PRIMARY KEY("project","experiment","at")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"seq" integer PRIMARY KEY NOT NULL,
	"at" text NOT NULL,
	"project" text NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" text NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_previous_unique" UNIQUE("previous"),
	CONSTRAINT "audit_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"experiment" text NOT NULL,
	"phase" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"action" text NOT NULL,
	"decision" jsonb NOT NULL,
	"outcome" text,
	"seed_version" integer,
	"confirmed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "experiments" (
	"project" text NOT NULL,
	"id" text NOT NULL,
	"use_case" text NOT NULL,
	"definition" jsonb NOT NULL,
	"state" jsonb NOT NULL,
	"status" text NOT NULL,
	"revision" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "experiments_project_id_pk" PRIMARY KEY("project","id")
);
--> statement-breakpoint
CREATE TABLE "keys" (
	"project" text NOT NULL,
	"id" text NOT NULL,
	"role" text NOT NULL,
	"public_key" text NOT NULL,
	"origin" text NOT NULL,
	"seed_version" integer NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "keys_project_id_pk" PRIMARY KEY("project","id")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"job" text PRIMARY KEY NOT NULL,
	"queue" text NOT NULL,
	"worker" text NOT NULL,
	"labels" jsonb NOT NULL,
	"holder" text NOT NULL,
	"leased_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "looks" (
	"project" text NOT NULL,
	"experiment" text NOT NULL,
	"look" integer NOT NULL,
	"phase" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"evidence" jsonb NOT NULL,
	CONSTRAINT "looks_project_experiment_look_pk" PRIMARY KEY("project","experiment","look")
);
--> statement-breakpoint
CREATE TABLE "phases" (
	"project" text NOT NULL,
	"experiment" text NOT NULL,
	"phase" integer NOT NULL,
	"stage" integer NOT NULL,
	"percent" double precision NOT NULL,
	"arms" jsonb NOT NULL,
	"seed_version" integer NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "phases_project_experiment_phase_pk" PRIMARY KEY("project","experiment","phase")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"name" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seeds" (
	"project" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"base_version" integer NOT NULL,
	"digest" text NOT NULL,
	"envelope" text NOT NULL,
	"key_id" text NOT NULL,
	"stored_at" timestamp with time zone NOT NULL,
	CONSTRAINT "seeds_project_version_pk" PRIMARY KEY("project","version")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"project" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "settings_project_key_pk" PRIMARY KEY("project","key")
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "experiments" ADD CONSTRAINT "experiments_project_projects_name_fk" FOREIGN KEY ("project") REFERENCES "public"."projects"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_by_experiment" ON "decisions" USING btree ("project","experiment","id");--> statement-breakpoint
CREATE INDEX "leases_by_expiry" ON "leases" USING btree ("expires_at");
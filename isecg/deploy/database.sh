#!/bin/sh
# Once, when the database's volume is empty: the portal's own role and database.
# The role is no superuser, so that the records which cannot change cannot be changed by a bug either.
set -eu
export PGDATABASE=postgres PGUSER="${POSTGRES_USER:-postgres}"
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --set password="$DATABASE_PASSWORD" <<'SQL'
CREATE ROLE portal LOGIN PASSWORD :'password';
CREATE DATABASE portal OWNER portal;
SQL

# shellcheck shell=sh disable=SC2154
# nps audit.

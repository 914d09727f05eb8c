from tests.browsing import browser_type_launch_args, keys, page_of, portal  # noqa: F401  (fixtures)

from tests.recommendations.conftest import asi, asked, chair, draft, issued  # noqa: F401  (fixtures)

urlpatterns = []


def export(request, alliance):
    raise NotImplementedError

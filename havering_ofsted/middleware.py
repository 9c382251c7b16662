"""Response headers that Django has no setting for. Outermost but one, so errors and redirects carry them too."""


def response_headers(get_response):
    def middleware(request):
        str(request.csp_nonce)  # drawn now, every answer names one, whether its page has a script or not
        response = get_response(request)
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cache-Control" not in response:
            # Pages hold children's social care: nothing of them stays in a browser's or a proxy's cache.
            # Static files bring their own header.
            response["Cache-Control"] = "no-store"
        return response

    return middleware

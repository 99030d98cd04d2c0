"""What can be wrong with one line of a list: each sentence says what to mend."""

from __future__ import annotations

from shop.core.refusal import N_, Refusal


class Wrong(Refusal):
    """What is wrong with one line."""


class NoProduct(Wrong):
    sentence = N_("No product is named in this line.")


class NoProducer(Wrong):
    sentence = N_("No producer is named in this line or above it.")


class NoNumber(Wrong):
    sentence = N_("The certificate number is missing.")


class NoOrdinal(Wrong):
    sentence = N_("The line has no number in the column “STT”, so the certificate cannot be numbered by it.")


class EmptyCell(Wrong):
    sentence = N_("“%(column)s” is empty.")


class NoResult(Wrong):
    sentence = N_("“%(column)s” holds a formula whose result is not in the file. Open it in Excel and save it once.")


class NoScore(Wrong):
    sentence = N_("“%(column)s”: “%(typed)s” is no score. Write points like 36,5, with two decimals at most.")


class NoStars(Wrong):
    sentence = N_("“%(typed)s” is no rank. Write 3, 4 or 5.")


class NoYesOrNo(Wrong):
    sentence = N_("“%(column)s”: “%(typed)s” is neither yes nor no. Write x, or leave it empty.")


class NoCapacity(Wrong):
    sentence = N_("“%(column)s”: “%(typed)s” is no whole number of pieces in a year.")


class NoRight(Wrong):
    sentence = N_(
        "We know no intellectual property right “%(typed)s”. Write for example “nhãn hiệu tập thể 4-0123-456”."
    )


class TotalDiffers(Wrong):
    sentence = N_("The parts add up to %(sum)s points, but the total says %(total)s.")


class OnlyFourHavePotential(Wrong):
    sentence = N_("Only a product of four stars can be a potential five-star product.")


class TooLongNumber(Wrong):
    sentence = N_("“%(typed)s” is too long for a number: 60 signs at most.")


class NumberTwice(Wrong):
    sentence = N_("Certificate number %(number)s stands in line %(line)s already.")


class ProductTwice(Wrong):
    sentence = N_("This product stands in line %(line)s already.")


class UnknownSlug(Wrong):
    sentence = N_("No product has the code “%(slug)s”.")


class SlugMeansAnother(Wrong):
    sentence = N_("The code “%(slug)s” belongs to “%(name)s” of %(producer)s, not to what this line names.")


class UnknownProducer(Wrong):
    sentence = N_("The register knows no producer “%(producer)s”. Please register them first, or mend the name.")


class ProducerLike(Wrong):
    sentence = N_("The register knows no producer “%(producer)s”. Did you mean: %(near)s?")


class UnknownProduct(Wrong):
    sentence = N_("%(producer)s has no product “%(name)s”. Please register it first, or mend the name.")


class ProductLike(Wrong):
    sentence = N_("%(producer)s has no product “%(name)s”. Did you mean: %(near)s?")


class SeveralProducts(Wrong):
    sentence = N_("Several products fit this line: %(slugs)s. Write the right code into the column “Mã sản phẩm”.")


class DiffersFromRegister(Wrong):
    sentence = N_(
        "Certificate %(number)s is in the register with other facts: %(differences)s. "
        "What was entered is never overwritten: correct it in the product's dossier, or mend this line."
    )


class DiffersFromProposal(Wrong):
    sentence = N_("Certificate %(number)s waits for its second person already, with other facts.")
